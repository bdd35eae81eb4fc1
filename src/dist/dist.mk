##@ Command

DIST := $(dir $(lastword $(MAKEFILE_LIST)))build
DIST_LIBRARIES := picocli,snakeyaml,jackson-annotations,jackson-core,jackson-databind,jackson-dataformat-yaml

.PHONY: dist
dist: tools ## Package the offline command as target/auditpolicy and target/auditpolicy.tar.gz
	rm -rf target/dist
	$(MAVEN) package dependency:copy-dependencies -DskipTests $(SKIP_CHECKS) \
	  -Dquarkus.build.skip -DincludeArtifactIds=$(DIST_LIBRARIES) -DoutputDirectory=target/dist
	$(DIST) target/auditpolicy target/auditpolicy-operator-*.jar target/dist/*.jar

AGENT_PACKAGE := $(dir $(DIST))agent/build

.PHONY: agent
agent: tools ## Package the agent for hosts without kubelet as target/auditpolicy-agent.tar.gz and .deb
	rm -rf target/quarkus-app
	$(MAVEN) package -DskipTests $(SKIP_CHECKS) | sed $(FALSE_ALARM)
	$(AGENT_PACKAGE) target target/quarkus-app
