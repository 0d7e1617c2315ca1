import type { Content } from '../../data/content.ts';
import { type KnownEvent, recordEvent, sortTrail } from '../../data/trail/record-event.ts';
import type { TrailEvent } from '../../data/trail/trail-event.ts';
import type { Placed } from '../document.ts';
import { ByPlace, type PlaceOf } from './places.ts';

/** What CloudTrail recorded in the places of a scenario. */
export function createScenarioTrail(events: readonly (KnownEvent & Placed)[], placeOf: PlaceOf): Content['trail'] {
  const byPlace = new ByPlace(events, placeOf);
  const made = new Map<string, readonly TrailEvent[]>();
  return (place) => {
    const key = `${place.account}/${place.region}`;
    const trail = made.get(key) ?? sortTrail(byPlace.at(place).map((event) => recordEvent(event, place)));
    made.set(key, trail);
    return trail;
  };
}
