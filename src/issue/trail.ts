/** How far one piece of work has come, for another that follows it. */

export interface Trail {
  /** Everything before this place is done. */
  reach(place: number): void;
  /** Nobody shall wait any longer. */
  end(): void;
  /** @returns true once everything before the place is done; false where the trail ended. */
  isReached(place: number): Promise<boolean>;
}

export function openTrail(): Trail {
  let furthest = 0;
  let hasEnded = false;
  const waiting = new Map<(isReached: boolean) => void, number>();
  const spread = (): void => {
    for (const [settle, place] of waiting)
      if (hasEnded || place <= furthest) {
        waiting.delete(settle);
        settle(!hasEnded);
      }
  };
  return {
    reach: (place) => {
      furthest = place;
      spread();
    },
    end: () => {
      hasEnded = true;
      spread();
    },
    isReached: async (place) =>
      new Promise((settle) => {
        waiting.set(settle, place);
        spread();
      }),
  };
}
