// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationnotices.h"

#include "steps/steptext.h"

namespace {

const auto acceptKey = QLatin1StringView("accept");

} // namespace

std::optional<Notice> ConversationNotices::forStep(const Step &step)
{
    switch (step.kind) { // most steps have no notice and cost nothing
    case StepKind::ResetByPeer:
        return ofConnection(step, QStringLiteral("reset"), Notice::Level::Warning);
    case StepKind::Skipped:
        return ofConnection(step, QStringLiteral("skipped"), Notice::Level::Warning);
    case StepKind::Undelivered:
        return ofConnection(step, QStringLiteral("undelivered"), Notice::Level::Warning);
    case StepKind::TimedOut:
    case StepKind::Error:
        return ofConnection(step, QStringLiteral("error"), Notice::Level::Error);
    case StepKind::AcceptPaused:
        return Notice{.key = acceptKey,
                      .kind = Notice::Kind::Holding,
                      .level = Notice::Level::Warning,
                      .text = StepText::line(step)};
    default:
        return {};
    }
}

std::optional<Notice> ConversationNotices::ofConnection(const Step &step, const QString &key, Notice::Level level)
{
    if (step.connection == 0)
        return {}; // the window handles these itself
    return Notice{.key = key,
                  .level = level,
                  .text = tr("#%1: %2").arg(QString::number(step.connection), StepText::line(step)),
                  .gathers = true};
}

QString ConversationNotices::endedBy(const Step &step)
{
    return step.kind == StepKind::AcceptResumed || step.kind == StepKind::Stopped ? QString(acceptKey) : QString();
}

QString ConversationNotices::partialKey(int connection)
{
    return QStringLiteral("partial%1").arg(connection);
}

Notice ConversationNotices::partial(const ConnectionStatus &status, const std::function<void(const Framing &)> &use,
                                    std::function<void()> take)
{
    Notice notice{.key = partialKey(status.id), .kind = Notice::Kind::Question, .level = Notice::Level::Warning};
    Step event;
    event.kind = StepKind::Partial;
    event.bytes = status.partialBytes;
    event.framing = status.framing;
    notice.text = tr("#%1: %2.").arg(status.id).arg(StepText::line(event));
    if (status.partialEndsWithCrLf) {
        notice.text += QLatin1Char(' ') + tr("They end with CR LF.");
        notice.actions.push_back({tr("&Use CR LF for This Connection"), [use] { use(Framing::CrLf); }});
    } else if (status.partialEndsWithNewline) {
        notice.text += QLatin1Char(' ') + (status.framing == Framing::CrLf
                                               ? tr("They end with a newline without CR, which is data.")
                                               : tr("They end with a newline."));
        notice.actions.push_back({tr("&Use Newline for This Connection"), [use] { use(Framing::Newline); }});
    }
    notice.actions.push_back({tr("Treat as a Message"), std::move(take), Qt::CTRL | Qt::Key_T});
    return notice;
}

Notice ConversationNotices::ofSession(Notice::Level level, const QString &sentence)
{
    const auto kind = level == Notice::Level::Error ? Notice::Kind::Holding : Notice::Kind::Past;
    return {.key = QStringLiteral("session"), .kind = kind, .level = level, .text = sentence};
}
