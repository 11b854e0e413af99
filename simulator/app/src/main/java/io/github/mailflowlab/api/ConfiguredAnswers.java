package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.tenant.Edit.Target;
import io.github.mailflowlab.tenant.Tenant;

/** What connectors and accepted domains have in common: reading and changing them. */
final class ConfiguredAnswers {
  private final Tenant tenant;
  private final Target target;

  ConfiguredAnswers(Tenant tenant, Target target) {
    this.tenant = tenant;
    this.target = target;
  }

  HttpResponse show(String name) {
    return tenant.shown(target, name).map(Answers::ok).orElseGet(() -> notFound(name));
  }

  /** PUT: all parameters; what does not exist is made. */
  HttpResponse replace(String name, AggregatedHttpRequest request) {
    boolean known = tenant.shown(target, name).isPresent();
    return answer(
        known ? HttpStatus.OK : HttpStatus.CREATED,
        tenant.replace(target, name, Bodies.fields(request)));
  }

  /** PATCH: some parameters of what exists. */
  HttpResponse change(String name, AggregatedHttpRequest request) {
    return tenant.shown(target, name).isEmpty()
        ? notFound(name)
        : answer(HttpStatus.OK, tenant.change(target, name, Bodies.fields(request)));
  }

  /** DELETE: what was changed is forgotten. */
  HttpResponse reset(String name) {
    if (tenant.shown(target, name).isEmpty()) {
      return notFound(name);
    }
    Checked<?> reset = tenant.reset(target, name);
    if (!reset.problems().isEmpty()) {
      throw new Conflict(text(reset) + ".");
    }
    return tenant
        .shown(target, name)
        .map(Answers::ok)
        .orElseGet(() -> HttpResponse.of(HttpStatus.NO_CONTENT));
  }

  HttpResponse notFound(String name) {
    return Answers.notFound(target.word(), name.replaceAll("\\p{Cntrl}", "?"));
  }

  private static HttpResponse answer(HttpStatus status, Checked<ConfiguredDocument> changed) {
    if (!changed.problems().isEmpty()) {
      throw new BadRequest(text(changed) + ". Nothing was changed.");
    }
    return Answers.json(status, changed.value());
  }

  private static String text(Checked<?> checked) {
    return String.join("; ", checked.problems().stream().map(ConfigProblem::toString).toList());
  }
}
