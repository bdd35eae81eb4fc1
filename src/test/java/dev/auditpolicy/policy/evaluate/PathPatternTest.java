package dev.auditpolicy.policy.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

    /** What upstream's {@code pathMatches} says, which trims all stars though validation lets only one pass. */
    @ParameterizedTest
    @CsvSource({
        "*, /anything, true",
        "**, /anything, true",
        "/a, /a, true",
        "/a, /ab, false",
        "/a*, /a, true",
        "/a*, /ab, true",
        "/a*, /b, false",
        "/a**, /a, true",
        "/a**, /ab, true",
        "/a**, /b, false",
        "/a*b, /axb, false",
        "/a*b*, /a*bc, true"
    })
    void matchesAsUpstreamDoes(String pattern, String path, boolean matches) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "/a*, /a, true",
        "/a*, /ab*, true",
        "/a**, /a*, true",
        "/a*, /a**, true",
        "/ab*, /a*, false",
        "/a, /a*, false"
    })
    void coversNarrowerPatterns(String wide, String narrow, boolean covers) {
        assertThat(new PathPattern(wide).covers(new PathPattern(narrow))).isEqualTo(covers);
    }
}
