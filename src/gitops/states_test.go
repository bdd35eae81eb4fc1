package gitops

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	customization = "../../deploy/gitops/argocd/resource_customizations/auditpolicy.dev/AuditPolicy"
	testdata      = customization + "/testdata"
)

type verdict struct {
	kstatus status.Status
	// Empty for an object that is being deleted: Argo CD does not run the script for it.
	argoCD string
}

var (
	current     = verdict{status.CurrentStatus, "Healthy"}
	progressing = verdict{status.InProgressStatus, "Progressing"}
	suspended   = verdict{status.InProgressStatus, "Suspended"}
	failed      = verdict{status.FailedStatus, "Degraded"}
	terminating = verdict{status.TerminatingStatus, ""}
)

// What kstatus (Flux, Helm 4) and Argo CD must say of each state that the controller writes.
var expected = map[string]verdict{
	"not-observed": progressing,

	"ready":               current,
	"ready-with-findings": current,

	"agent-missing":          progressing,
	"checking":               progressing,
	"controller-failed":      progressing,
	"no-control-plane-nodes": progressing,
	"turn-abandoned":         progressing,
	"turn-granted":           progressing,
	"turn-in-progress":       progressing,
	"turn-retained":          progressing,
	"turn-revoked":           progressing,
	"unmanaged-api-server":   progressing,
	"waiting-for-readiness":  progressing,

	"awaiting-approval":  suspended,
	"growth-above-limit": suspended,
	"node-held":          suspended,
	"paused":             suspended,

	"invalid":             failed,
	"invalid-after-valid": failed,
	"node-drifted":        failed,
	"node-refused":        failed,
	"not-verified":        failed,
	"rolled-back":         failed,
	"turn-failed":         failed,
	"turn-overdue":        failed,

	"earlier-generation-invalid":     progressing,
	"earlier-generation-paused":      progressing,
	"earlier-generation-ready":       progressing,
	"earlier-generation-rolled-back": progressing,

	"deleted":         terminating,
	"restore-blocked": terminating,
	"restoring":       terminating,
}

func TestEveryStateIsExpected(t *testing.T) {
	found := slices.Sorted(maps.Keys(states(t)))
	wanted := slices.Sorted(maps.Keys(expected))
	if !slices.Equal(found, wanted) {
		t.Errorf("states in %s:\n%v\nexpected here:\n%v", testdata, found, wanted)
	}
}

func TestKstatus(t *testing.T) {
	for name, object := range states(t) {
		t.Run(name, func(t *testing.T) {
			result, err := status.Compute(object)
			if err != nil {
				t.Fatal(err)
			}
			if result.Status != expected[name].kstatus {
				t.Errorf("%s (%s), expected %s", result.Status, result.Message, expected[name].kstatus)
			}
		})
	}
}

// A client that fails early, such as Flux or Helm 4, shows this message.
func TestKstatusQuotesTheMessageOfAStall(t *testing.T) {
	result, err := status.Compute(states(t)["rolled-back"])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(result.Message, "kube-apiserver exited: permission denied") {
		t.Errorf("message is %q", result.Message)
	}
}

func states(t *testing.T) map[string]*unstructured.Unstructured {
	t.Helper()
	files, err := filepath.Glob(testdata + "/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	objects := map[string]*unstructured.Unstructured{}
	for _, file := range files {
		objects[strings.TrimSuffix(filepath.Base(file), ".yaml")] = read(t, file)
	}
	return objects
}

func read(t *testing.T, file string) *unstructured.Unstructured {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	json, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	object := &unstructured.Unstructured{}
	// Not a plain map: kstatus reads only int64, as clients have it.
	if err := object.UnmarshalJSON(json); err != nil {
		t.Fatal(err)
	}
	return object
}
