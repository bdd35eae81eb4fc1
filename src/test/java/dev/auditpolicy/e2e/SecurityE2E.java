package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.LabNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What other users of a node can reach. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class SecurityE2E {

    private static final String NODE = "cp1";
    private static final String STATE = "/var/lib/auditpolicy";

    private final Operator operator;

    SecurityE2E(Operator operator) {
        this.operator = operator;
    }

    @Test
    void onlyRootCanOpenStateAndLocks() {
        operator.givenEffective();

        assertThat(operator.lab().exec(NODE, "sh", "-c", "cd " + STATE + " && stat -c '%U %a' . lock guard.lock"))
                .isEqualTo("root 700\nroot 600\nroot 600\n");
    }
}
