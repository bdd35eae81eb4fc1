package dev.auditpolicy.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.ManifestChange.Action;
import org.junit.jupiter.api.Test;

class PlannedChangeTest {

    private static final PlannedChange FLAG = new PlannedChange(Action.ADDED, "flag --audit-log-maxage=30");

    /** Nothing has been added yet. */
    @Test
    void isAPlanWhereTheRevisionIsNew() {
        assertThat(FLAG.asPlan()).isEqualTo("will add flag --audit-log-maxage=30");
    }

    /** Somebody has removed the flag: "added" would say the opposite. */
    @Test
    void isADifferenceWhereTheRevisionRanBefore() {
        assertThat(FLAG.asDifference()).isEqualTo("flag --audit-log-maxage=30 is missing");
    }
}
