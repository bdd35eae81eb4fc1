package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class LintLogTest extends CommandTestCase {

    private static final String EVENT =
            "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/pods\",\"verb\":\"list\","
                    + "\"user\":{\"username\":\"jane\",\"groups\":[\"dev\"]}}\n";

    private List<String> findings(String rules, String... options) {
        String policy = write("policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [" + rules + "]\n");
        var arguments = new ArrayList<>(List.of("lint", "-o", "json", "--log", write("audit.log", EVENT)));
        arguments.addAll(List.of(options));
        arguments.add(policy);
        JsonNode findings = run(arguments.toArray(String[]::new)).json().path("findings");
        return StreamSupport.stream(findings.spliterator(), false)
                .map(finding -> finding.path("code").asText() + " "
                        + finding.path("path").asText())
                .filter(finding -> finding.startsWith("AP7"))
                .toList();
    }

    @Test
    void findsRulesWithoutAnEvent() {
        assertThat(findings("{level: Request, verbs: [create]}, {level: Metadata, verbs: [list]}"))
                .containsExactly("AP701 rules[0]");
    }

    @Test
    void doesNotExpectEventsOfRulesThatRecordNothing() {
        assertThat(findings("{level: None, verbs: [create], users: [bob]}, {level: Metadata, verbs: [list]}"))
                .isEmpty();
    }

    @Test
    void findsUsersAndGroupsWithoutARequest() {
        assertThat(findings("{level: Metadata, users: [jane, bob]}")).containsExactly("AP702 rules[0].users[1]");
        assertThat(findings("{level: Metadata, userGroups: [dev, ops]}"))
                .containsExactly("AP702 rules[0].userGroups[1]");
    }

    @Test
    void saysWhatFallsThrough() {
        assertThat(findings("{level: Metadata}")).containsExactly("AP703 rules[0]");
        assertThat(findings("{level: Metadata, verbs: [get]}")).containsExactly("AP701 rules[0]", "AP703 rules");
    }

    @Test
    void leavesOutWhatIsIgnored() {
        assertThat(findings("{level: Metadata}", "--ignore", "caught-all")).isEmpty();
    }
}
