/** Shapes of X-Ray, of which this repository has no client, and of CloudTrail's events (their API references). */
import { PLACED } from './placed.ts';
import { anyObject, date, flag, list, members, number, refuse, type Shape, text } from './shape.ts';

const amount = number({ minimum: 0 });
const histogram = list(members({ Value: number(), Count: amount }, ['Value', 'Count']));
const errorStatistics = members({ ThrottleCount: amount, OtherCount: amount, TotalCount: amount });
const faultStatistics = members({ OtherCount: amount, TotalCount: amount });
const statistics = members({
  OkCount: amount,
  ErrorStatistics: errorStatistics,
  FaultStatistics: faultStatistics,
  TotalCount: amount,
  TotalResponseTime: amount,
});
const alias = members({ Name: text(), Names: list(text()), Type: text() });

const edge = members(
  {
    ReferenceId: number({ isInteger: true }),
    StartTime: date,
    EndTime: date,
    SummaryStatistics: statistics,
    ResponseTimeHistogram: histogram,
    ReceivedEventAgeHistogram: histogram,
    Aliases: list(alias),
    EdgeType: text(),
  },
  ['ReferenceId'],
);
const service = members(
  {
    ReferenceId: number({ isInteger: true }),
    Name: text(),
    Names: list(text()),
    Root: flag,
    AccountId: text(),
    Type: text(),
    State: text(),
    StartTime: date,
    EndTime: date,
    Edges: list(edge),
    SummaryStatistics: statistics,
    DurationHistogram: histogram,
    ResponseTimeHistogram: histogram,
  },
  ['ReferenceId', 'Name'],
);

/** One interval of what X-Ray's GetServiceGraph answers. */
export const serviceGraphEntry = members({ ...PLACED, StartTime: date, EndTime: date, Services: list(service) }, [
  'StartTime',
  'EndTime',
  'Services',
]);

/** Trace of X-Ray's BatchGetTraces; segments are objects, and their documents too. */
export const trace = members(
  {
    ...PLACED,
    Id: text({ pattern: /^1-[0-9a-f]{8}-[0-9a-f]{24}$/, form: 'a trace id, 1-xxxxxxxx-xxxxxxxxxxxxxxxxxxxxxxxx' }),
    Duration: amount,
    LimitExceeded: flag,
    Segments: list(members({ Id: text(), Document: anyObject }, ['Id', 'Document'])),
  },
  ['Id', 'Segments'],
);

const resource = members({ ResourceType: text(), ResourceName: text() });
const readOnly: Shape<string> = (value, at) =>
  value === 'true' || value === 'false' ? value : refuse(at, 'must be "true" or "false", as CloudTrail writes it');

/** Event of CloudTrail's LookupEvents; CloudTrailEvent is an object. */
export const cloudTrailEvent = members(
  {
    ...PLACED,
    EventId: text(),
    EventName: text({ minLength: 1 }),
    ReadOnly: readOnly,
    AccessKeyId: text(),
    EventTime: date,
    EventSource: text(),
    Username: text(),
    Resources: list(resource),
    CloudTrailEvent: anyObject,
  },
  ['EventName', 'EventTime'],
);
