import { REGIONS } from '../../domain/regions.ts';

/** Most regions to look into for a metric that does not exist where it was asked. */
const MAX_REGIONS = 6;
/** Where people have things, when every region may be asked. */
const USUAL = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-northeast-1', 'ap-southeast-1', 'us-east-2'];

/** Regions of the same partition worth a look, without the one that was asked. */
export function pickOtherRegions(region: string, allowed: readonly string[]): readonly string[] {
  const others = allowed.filter((name) => name !== region && REGIONS[name] === REGIONS[region]);
  if (others.length <= MAX_REGIONS) return others;
  const usual = USUAL.filter((name) => others.includes(name));
  return (usual.length > 0 ? usual : others).slice(0, MAX_REGIONS);
}
