import type { Content, Place } from '../../data/content.ts';
import type { ApplicationRecords } from '../../data/traces/application-records.ts';
import type { Placed } from '../document.ts';
import { ByPlace, type PlaceOf } from './places.ts';
import type { ReadDocument } from './read-document.ts';

/** What a scenario tells of applications, by place. */
export function createApplications(document: ReadDocument, placeOf: PlaceOf): Content['applications'] {
  const { serviceGraph = [], traces = [], services = [], slos = [], tags = [] } = document;
  const lists = {
    serviceGraph: itemsAt(serviceGraph, placeOf),
    traces: itemsAt(traces, placeOf),
    services: itemsAt(services, placeOf),
    slos: itemsAt(slos, placeOf),
    tags: itemsAt(tags, placeOf),
  };
  return (place): ApplicationRecords => ({
    serviceGraph: lists.serviceGraph(place),
    traces: lists.traces(place),
    services: lists.services(place),
    slos: lists.slos(place),
    tags: lists.tags(place),
  });
}

/** The items of a place, without the members that say where they lie. */
function itemsAt<Item extends Placed>(
  items: readonly Item[],
  placeOf: PlaceOf,
): (place: Place) => readonly Omit<Item, keyof Placed>[] {
  const byPlace = new ByPlace(items, placeOf);
  return (place) => byPlace.at(place).map(({ region: _region, account: _account, ...item }) => item);
}
