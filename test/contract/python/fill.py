"""Fills an emulator with odd names and more than a page of everything, then prints what boto3 finds there. Usage: fill.py"""

import datetime
import json
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

NOW = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0)
# In characters that the API takes: letters, blanks, quotes, markup, other scripts.
ODD = ["a b", 'q"uote', "it's", "<b>&amp;", "Größe", "名前", "e\u0301", "x.y-z_1", "100%", "a/b#c"]
# Pages have 50 alarms and log groups, 500 metrics, 100 events or more.
ALARMS = 110
GROUPS = 60
METRICS = 520
EVENTS = 600
DASHBOARDS = 5
failed = {}


def attempt(name, call):
    try:
        return call()
    except (ClientError, BotoCoreError) as error:
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        failed[name] = code
        return None


def fill(cloudwatch, logs):
    for index in range(ALARMS):
        name = f"alarm {index:03d} {ODD[index % len(ODD)]}"
        attempt("PutMetricAlarm", lambda: cloudwatch.put_metric_alarm(
            AlarmName=name, AlarmDescription=f"watches {name}", Namespace="Shop", MetricName=f"m{index}",
            Dimensions=[{"Name": "Odd", "Value": ODD[index % len(ODD)]}], Statistic="Sum", Period=60,
            EvaluationPeriods=3, DatapointsToAlarm=2, Threshold=1.5, ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="notBreaching"))
        if index % 23 == 0:
            attempt("SetAlarmState", lambda: cloudwatch.set_alarm_state(
                AlarmName=name, StateValue="ALARM", StateReason="<set> & \"told\""))
    attempt("PutCompositeAlarm", lambda: cloudwatch.put_composite_alarm(
        AlarmName="composite é", AlarmRule='ALARM("alarm 000 a b")'))
    data = [{
        "MetricName": "Orders", "Dimensions": [{"Name": "Customer", "Value": f"{index:03d} {ODD[index % len(ODD)]}"}],
        "Timestamp": NOW - datetime.timedelta(minutes=10), "Value": index, "Unit": "Count"} for index in range(METRICS)]
    for start in range(0, METRICS, 130):
        attempt("PutMetricData", lambda: cloudwatch.put_metric_data(Namespace="Shop", MetricData=data[start:start + 130]))
    for index in range(DASHBOARDS):
        body = json.dumps({"widgets": [{"type": "text", "properties": {"markdown": ODD[index % len(ODD)]}}]})
        attempt("PutDashboard", lambda: cloudwatch.put_dashboard(DashboardName=f"d-{index:02d}", DashboardBody=body))
    for index in range(GROUPS):
        attempt("CreateLogGroup", lambda: logs.create_log_group(logGroupName=f"/shop/{index:03d}.a_b-c#d"))
    group, stream = "/shop/000.a_b-c#d", "s/1"
    attempt("CreateLogStream", lambda: logs.create_log_stream(logGroupName=group, logStreamName=stream))
    start = int((NOW - datetime.timedelta(minutes=30)).timestamp() * 1000)
    events = [{"timestamp": start + 1000 * index, "message": f'{{"n":{index},"text":"{"ERROR" if index % 3 == 0 else "fine"}"}}'}
              for index in range(EVENTS)]
    attempt("PutLogEvents", lambda: logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events))
    return group


def page_all(client, operation, member, **options):
    pages = client.get_paginator(operation).paginate(**options)
    return [item for page in pages for item in page.get(member, [])]


def describe(cloudwatch, logs, group):
    range_of = {"startTime": int((NOW - datetime.timedelta(hours=1)).timestamp() * 1000),
                "endTime": int(NOW.timestamp() * 1000)}
    sum_of = {"Id": "a", "MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Orders", "Dimensions": [
        {"Name": "Customer", "Value": f"007 {ODD[7]}"}]}, "Period": 60, "Stat": "Sum"}}
    return {
        "group": group,
        "alarms": attempt("DescribeAlarms", lambda: sorted(
            alarm["AlarmName"] for alarm in page_all(cloudwatch, "describe_alarms", "MetricAlarms"))),
        "firing": attempt("DescribeAlarms", lambda: sorted(alarm["AlarmName"] for alarm in page_all(
            cloudwatch, "describe_alarms", "MetricAlarms", StateValue="ALARM"))),
        "groups": attempt("DescribeLogGroups", lambda: sorted(
            item["logGroupName"] for item in page_all(logs, "describe_log_groups", "logGroups"))),
        "metrics": attempt("ListMetrics", lambda: len(page_all(cloudwatch, "list_metrics", "Metrics", Namespace="Shop"))),
        "dashboards": attempt("ListDashboards", lambda: sorted(
            item["DashboardName"] for item in page_all(cloudwatch, "list_dashboards", "DashboardEntries"))),
        "errors": attempt("FilterLogEvents", lambda: len(page_all(
            logs, "filter_log_events", "events", logGroupName=group, filterPattern="ERROR", **range_of))),
        "values": attempt("GetMetricData", lambda: cloudwatch.get_metric_data(
            MetricDataQueries=[sum_of], StartTime=NOW - datetime.timedelta(hours=1), EndTime=NOW
        )["MetricDataResults"][0]["Values"]),
    }


def main():
    cloudwatch, logs = boto3.client("cloudwatch"), boto3.client("logs")
    group = fill(cloudwatch, logs)
    json.dump({**describe(cloudwatch, logs, group), "failed": failed}, sys.stdout)


main()
