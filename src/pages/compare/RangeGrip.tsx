import React, { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { stepMs, type Grip, type Side } from './drag-ranges';

interface RangeGripProps {
  readonly side: Side;
  readonly part: Grip['part'];
  readonly label: string;
  readonly className: string;
  readonly msPerPixel: number;
  readonly onDraw: (grip: Grip, byMs: number) => void;
  readonly onDrawn: (grip: Grip, byMs: number) => void;
  /** What was drawn so far does not count. */
  readonly onGiveUp: () => void;
  readonly children?: ReactNode;
}

/** Minutes that an arrow key moves; with shift, ten times as many. */
const keyMinutes = 1;

/** A hand that clicks is not still: what ends this near to where it began is a click, and writes no range out. */
const clickPx = 3;

/** A part of a range that the pointer or the arrow keys move. */
export function RangeGrip(props: RangeGripProps) {
  const { side, part, label, className, children, msPerPixel, onDraw, onDrawn, onGiveUp } = props;
  const [startPx, setStartPx] = useState<number>();
  const grip: Grip = { side, part };
  const wayPx = (event: PointerEvent) => event.clientX - (startPx ?? event.clientX);

  function handleKey(event: KeyboardEvent) {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      onDrawn(grip, direction * stepMs * (event.shiftKey ? keyMinutes * 10 : keyMinutes));
    }
  }

  function handleUp(event: PointerEvent) {
    if (startPx === undefined) {
      return;
    }
    setStartPx(undefined);
    if (Math.abs(wayPx(event)) < clickPx) {
      onGiveUp();
    } else {
      onDrawn(grip, wayPx(event) * msPerPixel);
    }
  }

  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      onKeyDown={handleKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStartPx(event.clientX);
      }}
      onPointerMove={(event) => startPx !== undefined && onDraw(grip, wayPx(event) * msPerPixel)}
      onPointerUp={handleUp}
      onPointerCancel={() => {
        setStartPx(undefined);
        onGiveUp();
      }}
    >
      {children}
    </button>
  );
}
