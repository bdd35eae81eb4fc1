module auditpolicy.dev/gitops

go 1.26.0

require (
	github.com/fluxcd/cli-utils v1.2.3
	github.com/yuin/gopher-lua v1.1.2
	k8s.io/apimachinery v0.36.4
	sigs.k8s.io/yaml v1.6.0
)
