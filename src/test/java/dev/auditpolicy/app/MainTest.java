package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void isTheEntryPoint() {
        assertThat(Main.class).hasAnnotation(io.quarkus.runtime.annotations.QuarkusMain.class);
    }
}
