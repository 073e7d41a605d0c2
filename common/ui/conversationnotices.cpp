// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationnotices.h"

#include "steps/steptext.h"

namespace {

const auto resetKey = QLatin1StringView("reset");
const auto acceptKey = QLatin1StringView("accept");

} // namespace

std::optional<Notice> ConversationNotices::forStep(const Step &step)
{
    const QString sentence = StepText::line(step);
    const QString ofConnection = tr("#%1: %2").arg(step.connection).arg(sentence);
    if (step.connection == 0 && step.kind != StepKind::AcceptPaused)
        return {}; // the window's own affair
    switch (step.kind) {
    case StepKind::ResetByPeer:
    case StepKind::Undelivered:
        return Notice{.key = resetKey + QString::number(step.connection) + StepText::word(step.kind),
                      .level = Notice::Level::Warning,
                      .text = ofConnection};
    case StepKind::TimedOut:
    case StepKind::Error:
        return Notice{.key = QStringLiteral("error"), .level = Notice::Level::Error, .text = ofConnection};
    case StepKind::AcceptPaused:
        return Notice{.key = acceptKey, .level = Notice::Level::Warning, .text = sentence};
    default:
        return {};
    }
}

QString ConversationNotices::endedBy(const Step &step)
{
    return step.kind == StepKind::AcceptResumed || step.kind == StepKind::Stopped ? QString(acceptKey) : QString();
}

QString ConversationNotices::partialKey(int connection)
{
    return QStringLiteral("partial%1").arg(connection);
}

Notice ConversationNotices::partial(const ConnectionStatus &status, std::function<void()> useNewline,
                                    std::function<void()> take)
{
    Notice notice{.key = partialKey(status.id), .level = Notice::Level::Warning};
    Step event;
    event.kind = StepKind::Partial;
    event.bytes = status.partialBytes;
    event.framing = status.framing;
    notice.text = tr("#%1: %2.").arg(status.id).arg(StepText::line(event));
    if (status.partialEndsWithNewline && status.framing == Framing::Nul) {
        notice.text += QLatin1Char(' ') + tr("They end with a newline.");
        notice.actions.push_back({tr("&Use Newline for This Connection"), std::move(useNewline)});
    }
    notice.actions.push_back({tr("Ta&ke as a Message"), std::move(take)});
    return notice;
}

Notice ConversationNotices::ofSession(Notice::Level level, const QString &sentence)
{
    return {.key = QStringLiteral("session"), .level = level, .text = sentence};
}
