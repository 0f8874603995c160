// A module of its own: an import() of Scenes itself would keep all of it in the bundle, used or not, because what is taken from a namespace
// is not seen once async functions have been compiled.
export { loadResources } from '@grafana/scenes';
