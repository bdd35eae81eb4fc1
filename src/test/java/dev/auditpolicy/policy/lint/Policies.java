package dev.auditpolicy.policy.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;

/** Policies for tests, from YAML. */
final class Policies {

    private static final ObjectMapper YAML = new YAMLMapper();

    private Policies() {}

    /** Fails the test if the newest kube-apiserver would reject the policy. */
    static Policy policy(String yaml) throws JsonProcessingException {
        return switch (new PolicyReader(KubernetesVersion.NEWEST_KNOWN).read(YAML.readTree(yaml), "")) {
            case PolicyReading.ValidPolicy read -> read.policy();
            case PolicyReading.InvalidPolicy refused -> throw new AssertionError(refused.problems());
        };
    }

    static LogBackend log(String yaml) throws JsonProcessingException {
        return YAML.readValue(yaml, LogBackend.class);
    }
}
