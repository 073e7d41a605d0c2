// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "quitsequence.h"

#include "app/networkthread.h"
#include "conversation/conversation.h"
#include "steps/steptext.h"
#include "ui/status/statusline.h"

namespace {

const auto quitKey = QLatin1StringView("quit");

} // namespace

QuitSequence::QuitSequence(Conversation &conversation, StatusLine &notices, std::function<qint64()> unsentBytes,
                           QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_notices(notices)
    , m_unsentBytes(std::move(unsentBytes))
{
}

bool QuitSequence::requestClose()
{
    if (m_state == State::Done)
        return true;
    if (m_state == State::Begun)
        return false;
    if (const qint64 unsent = m_unsentBytes(); unsent > 0)
        ask(unsent);
    else
        quit(State::Begun);
    return false;
}

void QuitSequence::ask(qint64 unsentBytes)
{
    const Notice::Action reset{tr("Quit and Reset"), [this] { quitAtOnce(); }, Qt::CTRL | Qt::SHIFT | Qt::Key_Q};
    Notice notice{.key = quitKey, .kind = Notice::Kind::Question, .level = Notice::Level::Warning};
    notice.isUpdate = std::exchange(m_asked, m_state) == m_state;
    if (m_state == State::Waiting) {
        notice.text = tr("The program ends when the remaining %1 have been sent.").arg(StepText::size(unsentBytes));
        notice.actions = {reset};
    } else {
        notice.text = tr("%1 have not been sent yet.").arg(StepText::size(unsentBytes));
        notice.actions = {{tr("Quit &When Sent"), [this] { quit(State::Waiting); }}, reset};
    }
    m_notices.show(std::move(notice));
}

void QuitSequence::refresh()
{
    if (!m_notices.contains(quitKey))
        return;
    const qint64 unsent = m_unsentBytes();
    if (unsent > 0) {
        ask(unsent);
    } else if (m_state == State::No) { // every answer would end the program now
        m_notices.remove(quitKey);
        quit(State::Begun);
    }
}

void QuitSequence::quitAtOnce()
{
    if (m_state != State::Done)
        quit(State::Begun);
}

/// Waiting: every connection closes, however long its sending takes. Begun: it has a second.
void QuitSequence::quit(State how)
{
    if (m_state == State::No)
        emit started();
    m_state = how;
    emit stateChanged();
    if (how == State::Begun) {
        NetworkThread::call(&m_conversation, [](Conversation &conversation) { conversation.quit(); });
        return;
    }
    NetworkThread::call(&m_conversation, [](Conversation &conversation) { conversation.quitWhenSent(); });
    ask(m_unsentBytes());
}

#include "moc_quitsequence.cpp"
