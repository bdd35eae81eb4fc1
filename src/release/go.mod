module auditpolicy.dev/release

go 1.26.0
