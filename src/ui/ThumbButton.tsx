import { Button } from '@grafana/ui';
import React from 'react';

interface ThumbButtonProps {
  readonly direction: 'up' | 'down';
  readonly label: string;
  readonly isPressed?: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** Thumb up or down with its word. The picture is our own: not every host has Grafana's. */
export function ThumbButton({ direction, label, isPressed = false, disabled, onClick }: ThumbButtonProps) {
  return (
    <Button
      size="sm"
      variant={isPressed ? 'primary' : 'secondary'}
      fill={isPressed ? 'outline' : 'solid'}
      disabled={disabled}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Thumb direction={direction} />
      &nbsp;{label}
    </Button>
  );
}

/** A hand with its thumb up; down is the same, turned over. */
export function Thumb({ direction }: { direction: 'up' | 'down' }) {
  return (
    <svg
      width={14}
      height={14}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinejoin="round"
      aria-hidden
      style={{ verticalAlign: '-2px', transform: direction === 'up' ? 'none' : 'scaleY(-1)' }}
    >
      <path d="M2 7h2.5v7H2zM4.500 7.500L7.500 2c1.400 0 2 1 1.700 2.300L8.700 6.500H13c.9 0 1.500.8 1.300 1.700l-1 4.600c-.2.7-.8 1.200-1.500 1.200H4.500" />
    </svg>
  );
}
