package gitops

import (
	"flag"
	"maps"
	"os"
	"slices"
	"testing"

	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const upstreamTest = customization + "/health_test.yaml"

var update = flag.Bool("update", false, "regenerate health_test.yaml")

type health struct {
	Message string `json:"message,omitempty"`
	Status  string `json:"status"`
}

// The format of the tests in the repository of Argo CD.
type healthTests struct {
	Tests []healthTest `json:"tests"`
}

type healthTest struct {
	HealthStatus health `json:"healthStatus"`
	InputPath    string `json:"inputPath"`
}

func TestHealth(t *testing.T) {
	script := script(t)
	for name, object := range states(t) {
		if object.GetDeletionTimestamp() != nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			result := evaluate(t, script, object)
			if result.Status != expected[name].argoCD {
				t.Errorf("%s (%s), expected %s", result.Status, result.Message, expected[name].argoCD)
			}
		})
	}
}

// As an API server whose CRD has no default for the status returns it.
func TestHealthWithoutStatus(t *testing.T) {
	object := states(t)["not-observed"]
	unstructured.RemoveNestedField(object.Object, "status")
	if result := evaluate(t, script(t), object); result.Status != "Progressing" {
		t.Errorf("%s (%s)", result.Status, result.Message)
	}
}

func TestHealthWithoutConditions(t *testing.T) {
	object := states(t)["ready"]
	unstructured.RemoveNestedField(object.Object, "status", "conditions")
	if result := evaluate(t, script(t), object); result.Status != "Progressing" {
		t.Errorf("%s (%s)", result.Status, result.Message)
	}
}

// health_test.yaml has what the script says of every state, for the tests of Argo CD.
func TestUpstreamTest(t *testing.T) {
	script := script(t)
	objects := states(t)
	var tests healthTests
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		if objects[name].GetDeletionTimestamp() == nil {
			tests.Tests = append(tests.Tests, healthTest{evaluate(t, script, objects[name]), "testdata/" + name + ".yaml"})
		}
	}
	generated, err := yaml.Marshal(tests)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(upstreamTest, generated, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	checkedIn, err := os.ReadFile(upstreamTest)
	if err != nil {
		t.Fatal(err)
	}
	if string(checkedIn) != string(generated) {
		t.Errorf("%s does not match the script: run \"make states\" and commit the result", upstreamTest)
	}
}

func script(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(customization + "/health.lua")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Runs the script with the basic library only. By default, Argo CD opens little more.
func evaluate(t *testing.T, script string, object *unstructured.Unstructured) health {
	t.Helper()
	machine := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer machine.Close()
	machine.Push(machine.NewFunction(lua.OpenBase))
	machine.Call(0, 0)
	machine.SetGlobal("obj", toLua(machine, object.Object))
	if err := machine.DoString(script); err != nil {
		t.Fatal(err)
	}
	result, isTable := machine.Get(-1).(*lua.LTable)
	if !isTable {
		t.Fatalf("the script returns %s instead of a table", machine.Get(-1).Type())
	}
	return health{Message: lua.LVAsString(result.RawGetString("message")), Status: lua.LVAsString(result.RawGetString("status"))}
}

func toLua(machine *lua.LState, value any) lua.LValue {
	switch typed := value.(type) {
	case map[string]any:
		table := machine.NewTable()
		for key, element := range typed {
			table.RawSetString(key, toLua(machine, element))
		}
		return table
	case []any:
		table := machine.NewTable()
		for _, element := range typed {
			table.Append(toLua(machine, element))
		}
		return table
	case string:
		return lua.LString(typed)
	case bool:
		return lua.LBool(typed)
	case int64:
		return lua.LNumber(typed)
	case float64:
		return lua.LNumber(typed)
	}
	return lua.LNil
}
