// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "partialnotices.h"

#include "app/networkthread.h"
#include "conversation/conversation.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/statusline.h"

#include <utility>

PartialNotices::PartialNotices(Conversation &conversation, StatusLine &notices)
    : m_conversation(conversation)
    , m_notices(notices)
{
}

void PartialNotices::update(const ConnectionStatus &status)
{
    const QString key = ConversationNotices::partialKey(status.id);
    const bool wasShown = m_shown.contains(status.id);
    if (status.partialBytes == 0) {
        if (!wasShown)
            return;
        m_shown.remove(status.id);
        m_notices.remove(key);
        return;
    }
    if (wasShown && !m_notices.contains(key))
        return; // the user has closed it
    const auto use = [conversation = &m_conversation, id = status.id](const Framing &framing) {
        NetworkThread::call(conversation, [id, framing](Conversation &end) { end.setFraming(id, framing); });
    };
    const auto take = [conversation = &m_conversation, id = status.id] {
        NetworkThread::call(conversation, [id](Conversation &end) { end.takePartial(id); });
    };
    Notice notice = ConversationNotices::partial(status, use, take);
    if (std::exchange(m_shown[status.id], notice.text) != notice.text)
        m_notices.show(std::move(notice));
}
