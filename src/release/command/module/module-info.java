/** The program as a module of the runtime that it is packaged with. Open, because picocli and Jackson use reflection. */
open module dev.auditpolicy {
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires info.picocli;
    requires org.yaml.snakeyaml;
}
