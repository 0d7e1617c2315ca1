// Asks every request of a JSON file with the AWS SDK for Go v2 and prints the answers as JSON. Usage: PROGRAM REQUESTS
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

type request struct {
	Service   string
	Operation string
	Input     json.RawMessage
}

type answer struct {
	Output    any    `json:"output,omitempty"`
	Error     string `json:"error,omitempty"`
	IsUnknown bool   `json:"isUnknown,omitempty"`
}

// What an earlier answer had, for the placeholders of later requests.
var found = map[string]*regexp.Regexp{
	"$queryId": regexp.MustCompile(`"QueryId":"([^"]+)"`),
	"$stream":  regexp.MustCompile(`"LogStreamName":"([^"]+)"`),
	"$pointer": regexp.MustCompile(`"Field":"@ptr","Value":"([^"]+)"`),
}

type call func(ctx context.Context, input json.RawMessage) (any, error)

// typed makes a call of JSON out of a method of a client: the SDK's own structures read the input.
func typed[In, Out, Opt any](method func(context.Context, *In, ...func(*Opt)) (*Out, error)) call {
	return func(ctx context.Context, raw json.RawMessage) (any, error) {
		input := new(In)
		if err := json.Unmarshal(raw, input); err != nil {
			return nil, err
		}
		return method(ctx, input)
	}
}

func listCalls(cw *cloudwatch.Client, logs *cloudwatchlogs.Client, identity *sts.Client) map[string]call {
	return map[string]call{
		"cloudwatch:DescribeAlarmContributors": typed(cw.DescribeAlarmContributors),
		"cloudwatch:DescribeAlarmHistory":      typed(cw.DescribeAlarmHistory),
		"cloudwatch:DescribeAlarms":            typed(cw.DescribeAlarms),
		"cloudwatch:DescribeAlarmsForMetric":   typed(cw.DescribeAlarmsForMetric),
		"cloudwatch:DescribeAnomalyDetectors":  typed(cw.DescribeAnomalyDetectors),
		"cloudwatch:GetAlarmMuteRule":          typed(cw.GetAlarmMuteRule),
		"cloudwatch:GetDashboard":              typed(cw.GetDashboard),
		"cloudwatch:GetMetricData":             typed(cw.GetMetricData),
		"cloudwatch:GetMetricStatistics":       typed(cw.GetMetricStatistics),
		"cloudwatch:GetMetricWidgetImage":      typed(cw.GetMetricWidgetImage),
		"cloudwatch:GetOTelEnrichment":         typed(cw.GetOTelEnrichment),
		"cloudwatch:ListAlarmMuteRules":        typed(cw.ListAlarmMuteRules),
		"cloudwatch:ListDashboards":            typed(cw.ListDashboards),
		"cloudwatch:ListMetrics":               typed(cw.ListMetrics),
		"cloudwatch:PutMetricAlarm":            typed(cw.PutMetricAlarm),
		"logs:DescribeAccountPolicies":         typed(logs.DescribeAccountPolicies),
		"logs:DescribeFieldIndexes":            typed(logs.DescribeFieldIndexes),
		"logs:DescribeIndexPolicies":           typed(logs.DescribeIndexPolicies),
		"logs:DescribeLogGroups":               typed(logs.DescribeLogGroups),
		"logs:DescribeLogStreams":              typed(logs.DescribeLogStreams),
		"logs:DescribeQueries":                 typed(logs.DescribeQueries),
		"logs:DescribeQueryDefinitions":        typed(logs.DescribeQueryDefinitions),
		"logs:FilterLogEvents":                 typed(logs.FilterLogEvents),
		"logs:GetLogEvents":                    typed(logs.GetLogEvents),
		"logs:GetLogGroupFields":               typed(logs.GetLogGroupFields),
		"logs:GetLogRecord":                    typed(logs.GetLogRecord),
		"logs:GetQueryResults":                 typed(logs.GetQueryResults),
		"logs:ListAnomalies":                   typed(logs.ListAnomalies),
		"logs:ListLogAnomalyDetectors":         typed(logs.ListLogAnomalyDetectors),
		"logs:StartQuery":                      typed(logs.StartQuery),
		"logs:StopQuery":                       typed(logs.StopQuery),
		"sts:GetCallerIdentity":                typed(identity.GetCallerIdentity),
	}
}

func ask(ctx context.Context, calls map[string]call, item request, seen map[string]string) answer {
	run, isKnown := calls[item.Service+":"+item.Operation]
	if !isKnown {
		return answer{IsUnknown: true}
	}
	input := string(item.Input)
	for name, value := range seen {
		quoted, _ := json.Marshal(value)
		input = strings.ReplaceAll(input, `"`+name+`"`, string(quoted))
	}
	output, err := run(ctx, json.RawMessage(input))
	var refused smithy.APIError
	if errors.As(err, &refused) {
		return answer{Error: refused.ErrorCode()}
	}
	if err != nil {
		return answer{Error: err.Error()}
	}
	text, err := json.Marshal(output)
	if err != nil {
		return answer{Error: err.Error()}
	}
	for name, pattern := range found {
		if match := pattern.FindStringSubmatch(string(text)); match != nil && seen[name] == "" {
			var value string
			if json.Unmarshal([]byte(`"`+match[1]+`"`), &value) == nil {
				seen[name] = value
			}
		}
	}
	return answer{Output: output}
}

func run(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var requests []request
	if err := json.Unmarshal(text, &requests); err != nil {
		return err
	}
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	calls := listCalls(cloudwatch.NewFromConfig(settings), cloudwatchlogs.NewFromConfig(settings), sts.NewFromConfig(settings))
	seen := map[string]string{}
	answers := make([]answer, 0, len(requests))
	for _, item := range requests {
		answers = append(answers, ask(ctx, calls, item, seen))
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"answers": answers})
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: PROGRAM REQUESTS")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
