import type { Ref } from 'react';

/** What `useRef(null)` gives for an element, in the types of React 18 and of React 19 alike. */
export type ElementReference<T> = Extract<Ref<T>, { readonly current: unknown }>;
