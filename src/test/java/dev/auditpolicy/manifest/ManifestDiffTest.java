package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ManifestDiffTest {

    @Test
    void showsOnlyWhatDiffers() {
        assertThat(ManifestDiff.between("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\nf\n"))
                .containsExactly("@@ line 2 @@", "-b", "+B", "@@ line 6 @@", "+f");
    }

    @Test
    void showsNothingForEqualTexts() {
        assertThat(ManifestDiff.between("a\nb\n", "a\r\nb")).isEmpty();
    }

    @Test
    void showsRemovalAndAdditionAtTheEnds() {
        assertThat(ManifestDiff.between("x\na\n", "a\n")).containsExactly("@@ line 1 @@", "-x");
        assertThat(ManifestDiff.between("", "a\n")).containsExactly("@@ line 1 @@", "+a");
        assertThat(ManifestDiff.between("a\nx\n", "a\n")).containsExactly("@@ line 2 @@", "-x");
    }

    @Test
    void hidesUnchangedLines() {
        var before = Manifests.kubeadm();
        var after = Manifests.patched(new ManifestPlanner().plan(before, Manifests.DESIRED));

        assertThat(ManifestDiff.between(before, after))
                .contains("+    - --audit-log-maxage=30", "@@ line 6 @@")
                .allMatch(line -> line.startsWith("+") || line.startsWith("@@"));
    }

    @Test
    void skipsLargeTexts() {
        assertThat(ManifestDiff.between("a\n".repeat(5000), "b\n".repeat(4000)))
                .containsExactly("5000 lines became 4000");
    }
}
