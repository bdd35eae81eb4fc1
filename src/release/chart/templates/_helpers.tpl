{{/* A digest names the image even if the tag is moved. */}}
{{- define "auditpolicy-operator.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "auditpolicy-operator.agentPort" -}}
{{ regexFind "[0-9]+$" .Values.metrics.agent.bindAddress | default "17467" }}
{{- end }}
