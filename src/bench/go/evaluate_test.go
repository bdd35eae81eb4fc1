// Package bench measures the upstream audit policy checker, which kube-apiserver runs for each request.
//
// BENCH_DIR is the directory of the policies, and BENCH_REQUESTS the file of the requests. The Java benchmark uses both too.
package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apiserver/pkg/audit"
	"k8s.io/apiserver/pkg/audit/policy"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

type request struct {
	User            string   `json:"user"`
	Groups          []string `json:"groups"`
	Verb            string   `json:"verb"`
	Namespace       string   `json:"namespace"`
	APIGroup        string   `json:"apiGroup"`
	APIVersion      string   `json:"apiVersion"`
	Resource        string   `json:"resource"`
	Subresource     string   `json:"subresource"`
	Name            string   `json:"name"`
	Path            string   `json:"path"`
	ResourceRequest bool     `json:"resourceRequest"`
}

// A batch is short compared with a scheduler time slice, so most batches, and the median, run without interruption.
const evaluationsPerBatch = 512

var decided audit.RequestAuditConfig

func BenchmarkUpstream(b *testing.B) {
	requests := readRequests(b)
	for _, file := range policyFiles(b) {
		b.Run(name(file), func(b *testing.B) {
			evaluator := readPolicy(b, file)
			batches := make([]time.Duration, 0, 1<<20)
			b.ReportAllocs()
			for b.Loop() {
				start := time.Now()
				for range evaluationsPerBatch / len(requests) {
					for _, attributes := range requests {
						decided = evaluator.EvaluatePolicyRule(attributes)
					}
				}
				batches = append(batches, time.Since(start))
			}
			slices.Sort(batches)
			b.ReportMetric(float64(batches[len(batches)/2].Nanoseconds()), "ns/batch")
		})
	}
}

// TestAnswers prints the decisions, to compare them with those of the Java benchmark.
func TestAnswers(t *testing.T) {
	for _, file := range policyFiles(t) {
		evaluator := readPolicy(t, file)
		for index, attributes := range readRequests(t) {
			answer := evaluator.EvaluatePolicyRule(attributes)
			stages := make([]string, 0, len(answer.OmitStages))
			for _, stage := range answer.OmitStages {
				stages = append(stages, string(stage))
			}
			slices.Sort(stages)
			fmt.Printf("answer %s %d %s [%s] %t\n", name(file), index, answer.Level, strings.Join(stages, ","), answer.OmitManagedFields)
		}
	}
}

func policyFiles(tb testing.TB) []string {
	files, err := filepath.Glob(filepath.Join(os.Getenv("BENCH_DIR"), "*.json"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no policies in $BENCH_DIR: %v", err)
	}
	return files
}

func name(file string) string {
	return strings.TrimSuffix(filepath.Base(file), ".json")
}

func readPolicy(tb testing.TB, file string) audit.PolicyRuleEvaluator {
	read, err := policy.LoadPolicyFromFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return policy.NewPolicyRuleEvaluator(read)
}

func readRequests(tb testing.TB) []authorizer.Attributes {
	content, err := os.ReadFile(os.Getenv("BENCH_REQUESTS"))
	if err != nil {
		tb.Fatal(err)
	}
	var requests []request
	if err := json.Unmarshal(content, &requests); err != nil {
		tb.Fatal(err)
	}
	attributes := make([]authorizer.Attributes, 0, len(requests))
	for _, r := range requests {
		attributes = append(attributes, authorizer.AttributesRecord{
			User:            &user.DefaultInfo{Name: r.User, Groups: r.Groups},
			Verb:            r.Verb,
			Namespace:       r.Namespace,
			APIGroup:        r.APIGroup,
			APIVersion:      r.APIVersion,
			Resource:        r.Resource,
			Subresource:     r.Subresource,
			Name:            r.Name,
			Path:            r.Path,
			ResourceRequest: r.ResourceRequest,
		})
	}
	return attributes
}
