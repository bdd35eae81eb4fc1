package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The exit code and the output of one run of the command. */
record CommandResult(int exitCode, String out, String err) {

    CommandResult expectExitCode(int expected) {
        assertThat(exitCode).as("exit code; out: %s, err: %s", out, err).isEqualTo(expected);
        return this;
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }
}
