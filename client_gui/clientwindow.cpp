// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "clientwindow.h"

#include "app/networkthread.h"
#include "connectform.h"
#include "conversation/client.h"
#include "steps/steptext.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"
#include "ui/wire/capturecontrol.h"

#include <QIcon>
#include <QPushButton>

namespace {

const auto connectKey = QLatin1StringView("connect");

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
    , m_furtherMessages(options.messages.mid(1))
    , m_closeWithReset(options.closeWithReset)
{
    setWindowTitle(tr("Client · TCP Steps"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/client.svg")));
    auto client = std::make_unique<Client>(journal());
    m_client = client.get();
    messageRow().edit()->setBytes("Hi, server! I'm client.");
    m_form->rememberMessage(messageRow().edit(), options.messages);
    setUp(std::move(client), m_form, messageRow().sendButton(),
          tr("Steps of this end appear here.\n[2] and [3] happen in the server."));
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
    if (step.kind == StepKind::Connecting)
        status().remove(connectKey);
    else if (isConnectFailure(step))
        showConnectFailure(step);
}

void ClientWindow::showConnectFailure(const Step &step)
{
    const QString text = step.kind == StepKind::Refused
                             ? tr("Nothing listens on %1. Click Start Server there, then Retry.").arg(step.peer)
                             : StepText::line(step);
    status().show({.key = connectKey,
                   .kind = Notice::Kind::Holding,
                   .level = Notice::Level::Error,
                   .text = text,
                   .actions = {{tr("Retr&y"), [this] { pressMain(); }}}});
}

void ClientWindow::activityChanged(const Activity &activity)
{
    Q_UNUSED(activity)
}

void ClientWindow::completeState(WindowState &state) const
{
    state.messagesInTurn = m_furtherMessages.size() + 1;
}

#include "moc_clientwindow.cpp"
