// Command replay adds up what a policy would record of the events of an audit log, as the obvious Go program would: each line is
// decoded with encoding/json, and the policy checker of kube-apiserver decides.
//
//	replay POLICY LOG
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/sets"
	auditinternal "k8s.io/apiserver/pkg/apis/audit"
	auditv1 "k8s.io/apiserver/pkg/apis/audit/v1"
	"k8s.io/apiserver/pkg/audit"
	"k8s.io/apiserver/pkg/audit/policy"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/endpoints/request"
)

const maxLine = 64 << 20

var methods = map[string]string{
	"create": "POST", "update": "PUT", "patch": "PATCH", "delete": "DELETE", "deletecollection": "DELETE",
	"get": "GET", "list": "GET", "watch": "GET",
}

var resolver = request.RequestInfoFactory{
	APIPrefixes: sets.NewString("api", "apis"), GrouplessAPIPrefixes: sets.NewString("api"),
}

func attributes(event *auditv1.Event) (authorizer.Attributes, error) {
	method, known := methods[event.Verb]
	if !known {
		method = strings.ToUpper(event.Verb)
	}
	address, err := url.ParseRequestURI(event.RequestURI)
	if err != nil {
		return nil, err
	}
	info, err := resolver.NewRequestInfo(&http.Request{Method: method, URL: address})
	if err != nil {
		return nil, err
	}
	record := authorizer.AttributesRecord{
		Verb: event.Verb, Namespace: info.Namespace, APIGroup: info.APIGroup, APIVersion: info.APIVersion,
		Resource: info.Resource, Subresource: info.Subresource, Name: info.Name,
		ResourceRequest: info.IsResourceRequest, Path: info.Path,
	}
	if event.User.Username != "" {
		record.User = &user.DefaultInfo{Name: event.User.Username, Groups: event.User.Groups}
	}
	return record, nil
}

func recorded(event *auditv1.Event, config audit.RequestAuditConfig) auditinternal.Level {
	if slices.Contains(config.OmitStages, auditinternal.Stage(event.Stage)) {
		return auditinternal.LevelNone
	}
	return config.Level
}

func main() {
	rules, err := policy.LoadPolicyFromFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	evaluator := policy.NewPolicyRuleEvaluator(rules)
	file, err := os.Open(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	events := map[string]int{}
	users := map[string]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<20), maxLine)
	for lines.Scan() {
		var event auditv1.Event
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			log.Fatal(err)
		}
		of, err := attributes(&event)
		if err != nil {
			log.Fatal(err)
		}
		events[string(recorded(&event, evaluator.EvaluatePolicyRule(of)))]++
		users[event.User.Username] += len(lines.Bytes()) + 1
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	for _, level := range []string{"None", "Metadata", "Request", "RequestResponse"} {
		fmt.Println(level, events[level])
	}
}
