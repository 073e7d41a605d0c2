// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "clientwindow.h"

#include "app/networkthread.h"
#include "connectform.h"
#include "conversation/client.h"
#include "conversation/conversationtext.h"
#include "steps/steptext.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"
#include "ui/wire/capturecontrol.h"

#include <QIcon>
#include <QPushButton>

namespace {

const auto connectKey = QLatin1StringView("connect");

/// Of one of the newest steps.
StepRow rowOf(const Step &step, const Recording &recording)
{
    for (qsizetype row = recording.stepCount() - 1; row >= 0; --row) {
        const Step other = recording.step(row);
        if (other.kind == step.kind && other.time.wallUs == step.time.wallUs)
            return StepRow(row);
        if (other.time.wallUs < step.time.wallUs)
            break;
    }
    return {};
}

bool isConnectFailure(const Step &step)
{
    return step.connection == 0 &&
           (step.kind == StepKind::Refused || step.kind == StepKind::Unreachable || step.kind == StepKind::NotFound ||
            step.kind == StepKind::TimedOut || step.kind == StepKind::ResetByPeer);
}

} // namespace

ClientWindow::ClientWindow(const ClientOptions &options, QWidget *parent)
    : ConversationWindow(Side::Client, options, parent)
    , m_form(new ConnectForm(options, this))
    , m_closeWithReset(options.closeWithReset)
{
    for (const TypedMessage &message : options.messages.mid(1))
        m_furtherMessages.append(message.read().message);
    setWindowTitle(tr("Client · TCP Steps"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/client.svg")));
    auto client = std::make_unique<Client>(journal());
    m_client = client.get();
    messageRow().edit()->setBytes("Hi, server! I'm client.");
    m_form->rememberMessage(messageRow().edit(), options.messages);
    setUp(std::move(client), m_form, messageRow().sendButton(),
          tr("Steps of this end appear here.\n[2] and [3] happen in the server."));
    connect(&recording(), &Recording::changed, this, &ClientWindow::tellRefusal);
}

void ClientWindow::perform(Controls::Action action)
{
    if (action == Controls::Action::Connect)
        connectAndSend();
    else if (action == Controls::Action::Cancel)
        NetworkThread::call(m_client, [](Client &client) { client.cancel(); });
}

void ClientWindow::connectAndSend()
{
    ClientSettings settings = m_form->settings();
    settings.closeWithReset = m_closeWithReset;
    if (!messageRow().message().isEmpty())
        settings.messages.append(messageRow().message());
    settings.messages.append(m_furtherMessages);
    capture().beginConnecting(settings.host, settings.port, [this, settings] {
        NetworkThread::call(m_client, [settings](Client &client) { client.connectAndSend(settings); });
    });
    messageRow().clearForNext();
}

void ClientWindow::stepLogged(const Step &step)
{
    if (step.kind == StepKind::Connecting) {
        status().remove(connectKey);
        m_failure = {};
        m_failureText.clear();
    } else if (isConnectFailure(step)) {
        m_failure = rowOf(step, recording());
        m_failureText = step.kind == StepKind::Refused
                            ? tr("Nothing listens on %1. Click Start Server there, then Retry.").arg(step.peer)
                            : StepText::line(step);
    }
}

/// If a capture shows that an ICMP error refused the attempt, there is other advice. The error may come after the step.
void ClientWindow::tellRefusal()
{
    if (!m_failure.isValid() || !m_failureText.isEmpty())
        return;
    const auto refusal = recording().match().refusalOf(m_failure);
    if (!refusal)
        return;
    if (refusal->error)
        showFailure(ConversationText::refusedBy(recording().step(m_failure.value()).peer, *refusal->error));
    m_failure = {};
}

void ClientWindow::showFailure(const QString &text)
{
    status().show({.key = connectKey,
                   .kind = Notice::Kind::Holding,
                   .level = Notice::Level::Error,
                   .text = text,
                   .actions = {{tr("Retr&y"), [this] { pressMain(); }}}});
}

/// Shows a failure only when there is no other address to try, and Retry can be clicked.
void ClientWindow::activityChanged(const Activity &activity)
{
    if (activity.phase != Activity::Phase::Idle || m_failureText.isEmpty())
        return;
    showFailure(std::exchange(m_failureText, {}));
    tellRefusal();
}

void ClientWindow::completeState(WindowState &state) const
{
    state.messagesInTurn = m_furtherMessages.size() + 1;
}

#include "moc_clientwindow.cpp"
