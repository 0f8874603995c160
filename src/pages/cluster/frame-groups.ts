import type { ExplainEventResponse } from '@loghunter/contracts';

type Trace = NonNullable<ExplainEventResponse['trace']>;

export type Frame = Trace['exceptions'][number]['frames'][number];

/** Neighbouring frames that are shown alike: the application's one by one, the rest folded into one line. */
export interface FrameGroup {
  readonly isOwn: boolean;
  readonly frames: readonly Frame[];
}

/** Whether a frame is of the application, which is where people can mend something. */
export function isOwnFrame({ reason }: Frame): boolean {
  return reason === 'application';
}

/** Frames in groups of equal kind, in their order. */
export function groupFrames(frames: readonly Frame[]): readonly FrameGroup[] {
  const groups: Array<{ isOwn: boolean; frames: Frame[] }> = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (last?.isOwn === isOwnFrame(frame)) {
      last.frames.push(frame);
    } else {
      groups.push({ isOwn: isOwnFrame(frame), frames: [frame] });
    }
  }
  return groups;
}
