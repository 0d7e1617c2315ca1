import type { Dimension } from '@aws-sdk/client-cloudwatch';

/** The SDK's dimensions in the form of the metric store. */
export function toDimensions(dimensions: readonly Dimension[] | undefined): { name: string; value: string }[] {
  return (dimensions ?? []).map(({ Name: name = '', Value: value = '' }) => ({ name, value }));
}

/** Dimensions of the metric store in the SDK's form. */
export function fromDimensions(dimensions: readonly { readonly name: string; readonly value: string }[]): Dimension[] {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
}
