// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "recordnotices.h"

#include "app/conversationrecord.h"
#include "ui/access/announcer.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/statusline.h"

#include <utility>

void RecordNotices::connectRecord(const ConversationRecord &record, StatusLine &notices)
{
    QObject::connect(&record, &ConversationRecord::added, &notices, [&notices](const Step &step) {
        notices.remove(ConversationNotices::endedBy(step));
        if (auto notice = ConversationNotices::forStep(step))
            notices.show(std::move(*notice));
        notices.announcer().announceStep(step);
    });
    const auto showAs = [&notices](Notice::Level level) {
        return [&notices, level](const QString &sentence) {
            notices.show(ConversationNotices::ofSession(level, sentence));
        };
    };
    QObject::connect(&record, &ConversationRecord::sessionFailed, &notices, showAs(Notice::Level::Error));
    QObject::connect(&record, &ConversationRecord::sessionShortened, &notices, showAs(Notice::Level::Information));
}
