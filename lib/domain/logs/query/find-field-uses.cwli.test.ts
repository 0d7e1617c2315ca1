/** CWLI queries and the fields that they filter on: what an index would help with, and what not and why. */
import { describe, expect, it } from 'vitest';
import { type CorpusCase, summarizeUses } from '../../../../test/support/field-uses.ts';

const EQUALITY: readonly CorpusCase[] = [
  ['filter a = 1', 'a'],
  ['filter a=1', 'a'],
  ['filter (a=1)', 'a'],
  ['filter ((a)) = ((1))', 'a'],
  ['filter(a=1)', 'a'],
  ['filter ((((a = "x"))))', 'a'],
  ['FILTER A = "x"', 'A'],
  ['filter requestId = "8d4e2f60-1c7b" | sort @timestamp desc', 'requestId'],
  ["filter requestId = 'x | y' | limit 1", 'requestId'],
  ['filter "x" = a', 'a'],
  ['filter a = -5', 'a'],
  ['filter a = true', 'a'],
  ['filter a = 1 and b = 2', 'a b'],
  ['filter a=1 and(b=2)and c=3', 'a b c'],
  ['filter a = 1 | filter b = 2', 'a b'],
  ['filter a = "and b = 1"', 'a'],
  ['filter a = "it\\"s and b = 1" and c = 2', 'a c'],
  ['filter kubernetes.pod_name = "web-1"', 'kubernetes.pod_name'],
  ['filter userIdentity.sessionContext.attributes.0.mfa = "false"', 'userIdentity.sessionContext.attributes.0.mfa'],
  ['filter `user-id` = 7', 'user-id'],
  ['filter `a b|c` = 7 | limit 1', 'a b|c'],
  ['filter detail.`order-id` = 7', 'detail.order-id'],
  ['filter `in` = 7', 'in'],
  ['filter @@userId = "u"', '@@userId'],
  ['filter @requestId = "u"', '@requestId'],
  ['filterIndex IPaddress = "198.51.100.0" | limit 20', 'IPaddress'],
  ['fields @timestamp | filterindex region in ["a","b"]', 'region'],
  ['filter größe = 7', 'größe'],
];

const LISTS: readonly CorpusCase[] = [
  ['filter a in [1, 2, 3]', 'a'],
  ['filter a IN ["x","y"] and b = 1', 'a b'],
  ['filter a in["x"]', 'a'],
  ['filter (a in [("x")])', 'a'],
  ['filter a not in [1, 2]', '', 'a:negation'],
  ['filter not a in [1, 2]', '', 'a:negation'],
  ['filter a in [b, 2]', '', 'a:two-fields b:two-fields'],
  ['filter a in ["x | y", "] and b = 1"]', 'a'],
];

const NOT_HELPED: readonly CorpusCase[] = [
  ['filter a>1', '', 'a:comparison'],
  ['filter a >= 1 and b<2', '', 'a:comparison b:comparison'],
  ['filter a != 1', '', 'a:comparison'],
  ['filter not a = 1', '', 'a:negation'],
  ['filter not (a = 1 and b = 2)', '', 'a:negation b:negation'],
  ['filter NOT(a=1) and b=2', 'b', 'a:negation'],
  ['filter not not a = 1', '', 'a:negation'],
  ['filter a like "x"', '', 'a:pattern'],
  ['filter a like /x = 1 | b = 2/ and c = 3', 'c', 'a:pattern'],
  ['filter a not like /x/', '', 'a:pattern'],
  ['filter a =~ /^(b = 1)$/', '', 'a:pattern'],
  ['filter a like /[/]b = 1/ and c = 2', 'c', 'a:pattern'],
  ['filter ispresent(a) and b = 1', 'b', 'a:function'],
  ['filter a is present', '', 'a:presence'],
  ['filter tolower(a) = "x"', '', 'a:function'],
  ['filter strcontains(a, "b = 1")', '', 'a:function'],
  ['filter a + 1 = 2', '', 'a:function'],
  ['filter a / b = 2 and c / d = 1', '', 'a:function b:function c:function d:function'],
  ['filter a = tolower("X")', '', 'a:function'],
  ['filter a = b', '', 'a:two-fields b:two-fields'],
  ['filter a', '', 'a:function'],
  ['filter isIpv4InSubnet(srcAddr, "10.0.0.0/8") and action = "REJECT"', 'action', 'srcAddr:function'],
];

const ALTERNATIVES: readonly CorpusCase[] = [
  ['filter a = 1 or a = 2', 'a'],
  ['filter a = 1 or b = 2', 'a b'],
  ['filter a = 1 or b > 2', '', 'a:or b:comparison'],
  ['filter (a = 1 or b = 2) and c = 3', 'a b c'],
  ['filter (a = 1 and b > 2) or c = 3', 'a c', 'b:comparison'],
  ['filter a = 1 and (b = 2 or @message like /x/)', 'a', '@message:pattern b:or'],
  ['filter a = 1 or @message = "x"', '', '@message:or a:or'],
  ['filter (customer="cust-1044") or not (level="INFO") | limit 20', '', 'customer:or level:negation'],
  ['filter a = 1 or (b = 2 or (c = 3 or d in [4]))', 'a b c d'],
];

const MADE_BY_THE_QUERY: readonly CorpusCase[] = [
  ['parse @message "user=* id=*" as user, id | filter user = "x" and a = 1', 'a'],
  ['parse @message /user=(?<user>\\S+)/ | filter user = "x"', ''],
  ['parse `my field` /(?<x>[|/]+)/ | filter x = 1 | filter y = 2', 'y'],
  ["parse @message '[*] *' as level, rest | filter level in ['ERROR'] | filter host = 'h'", 'host'],
  ['parse @message "duration: * ms" as ms | filter ms > 1000 | stats count(*) by bin(5m)', ''],
  ['fields a * 2 as b | filter b = 4 and c = 1', 'c'],
  ['fields a as b | filter b = 4', '', 'a:alias'],
  ['fields a as b, b as c | filter c = 4', '', 'a:alias'],
  ['fields tolower(a) as a | filter a = "x"', ''],
  ['fields a, concat(b, "as c") as d, e | filter d = "x" and e = 1', 'e'],
  ['fields jsonParse(@message) as j | filter j.user.id = 7', ''],
  ['stats count(*) as n by host | filter n > 5 and host = "h"', '', 'host:later-command'],
  ['filter a = 1 | stats count(*) as n by b | filter n = 5', 'a'],
  ['filter a = 1 | limit 10 | filter b = 2', 'a', 'b:later-command'],
  ['filter a = 1 | dedup c | filter b = 2', 'a', 'b:later-command'],
  ['filter a = 1 | pattern @message | filter @pattern like /x/', 'a', '@pattern:later-command'],
  ['filter a = 1 | sort b desc | filter c = 2', 'a c'],
  ['unnest items into item | filter item = "x" and a = 1', 'a'],
  ['lookup table id as userId OUTPUT name, mail as m | filter name = "x" and m = 1 and a = 1', 'a'],
];

const TEXT: readonly CorpusCase[] = [
  ['', ''],
  ['fields @timestamp, @message | sort @timestamp desc | limit 20', ''],
  ['# filter a = 1\nfilter b = 2', 'b'],
  ['filter b = 2 # and a = 1\n| limit 1', 'b'],
  ['filter b = "# no comment" and a = 1', 'a b'],
  ['filter a = 1\n  and b = 2\n| filter c = 3', 'a b c'],
  ['filter @message like /a\\/b = 1/ | filter c = 3', 'c', '@message:pattern'],
  ['filter a = "never closed | filter b = 1', 'a'],
  ['filter (a = 1 and b = 2', '', 'a:function b:function'],
  ['filter a = 1) and b = 2', 'a b'],
  ['filter', ''],
  ['filter = 1', ''],
  ['filter a =', '', 'a:function'],
];

const SOURCES: readonly CorpusCase[] = [
  ['SOURCE "/aws/lambda/x" START=-3600s END=0s |\nfilter a = 1', 'a@/aws/lambda/x'],
  ["SOURCE 'one' | SOURCE 'two' | filter a = 1", 'a@one+two'],
  ['SOURCE logGroups(namePrefix: ["/aws/"], class: ["STANDARD"]) | filter a = 1', 'a'],
  [
    'filter requestId in (SOURCE \'/aws/lambda/db\' | filter errorType = "Timeout" | fields requestId) | limit 5',
    'errorType@/aws/lambda/db',
    'requestId:sub-query',
  ],
  [
    "filter a = 1 and id in (SOURCE 'p' | filter status = 'F' | stats count(*) as n by id | filter n > 3 | fields id)",
    'a status@p',
    'id:sub-query',
  ],
  [
    "filter status >= 500 and b = 1 | join type=inner left=api right=fn where api.requestId=fn.requestId (SOURCE '/fn') | filter fn.a = 1",
    'b',
    'a@/fn:join requestId:join requestId@/fn:join status:comparison',
  ],
  [
    "filter a = 1 | join type=left left=o right=p where o.id=p.id (SOURCE 'pay' | filter kind = 'X') | fields o.id",
    'a kind@pay',
    'id:join id@pay:join',
  ],
];

describe.each([
  ['equality', EQUALITY],
  ['lists', LISTS],
  ['what no index helps', NOT_HELPED],
  ['alternatives', ALTERNATIVES],
  ['fields made by the query', MADE_BY_THE_QUERY],
  ['comments, line breaks and broken text', TEXT],
  ['sources, joins and sub-queries', SOURCES],
])('CWLI: %s', (_, cases) => {
  it.each([...cases])('%s', (query = '', indexable = '', others = '') => {
    expect(summarizeUses(query, 'CWLI')).toEqual([indexable, others]);
  });
});
