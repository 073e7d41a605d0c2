// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "serverwindow.h"

#include "app/networkthread.h"
#include "conversation/server.h"
#include "link/linkclient.h"
#include "listenform.h"
#include "replymenu.h"
#include "ui/status/statusline.h"
#include "ui/wire/capturecontrol.h"

#include <QIcon>
#include <QPushButton>

namespace {

const auto listenKey = QLatin1StringView("listen");
const auto reachKey = QLatin1StringView("reach");

} // namespace

ServerWindow::ServerWindow(const ServerOptions &options, QWidget *parent)
    : ConversationWindow(Side::Server, options, parent)
    , m_form(new ListenForm(options, this))
{
    setWindowTitle(tr("Server · TCP Steps"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/server.svg")));
    auto server = std::make_unique<Server>(journal());
    m_server = server.get();
    connect(m_form, &ListenForm::changed, this, &ServerWindow::showReach);
    connect(m_form, &ListenForm::replyChanged, this, [this] {
        const ServerSettings settings = m_form->settings();
        NetworkThread::call(m_server, [settings](Server &end) {
            end.setReply(settings.reply, settings.replyDelayMs);
            end.setReplies(settings.replyMode, settings.rules);
        });
    });
    connect(m_server, &Server::rulesCounted, &m_form->replyMenu()->rules(), &RuleList::setCounts);
    connect(m_form->replyMenu(), &ReplyMenu::refused, this, [this](const QString &sentence) {
        status().show({.key = QStringLiteral("rules"), .level = Notice::Level::Warning, .text = sentence});
    });
    setUp(std::move(server), m_form, m_form->startButton(),
          tr("Steps of this end appear here.\n[1] and [4] happen in the client."));
}

void ServerWindow::perform(Controls::Action action)
{
    if (action == Controls::Action::Start)
        start();
    else if (action == Controls::Action::Stop)
        NetworkThread::call(m_server, [](Server &server) { server.stop(); });
}

void ServerWindow::start()
{
    status().remove(listenKey);
    const ServerSettings settings = m_form->settings();
    capture().beginServing(settings.address, settings.port, [this, settings](quint16 port) {
        NetworkThread::call(m_server, [settings = settings, port](Server &server) mutable {
            settings.port = port;
            server.start(settings);
        });
    });
}

void ServerWindow::stepLogged(const Step &step)
{
    if (step.kind == StepKind::Listening)
        status().remove(listenKey);
    else if (step.kind == StepKind::Error && step.connection == 0)
        m_listenError = step.detail;
}

void ServerWindow::activityChanged(const Activity &activity)
{
    if (!m_listenError.isEmpty())
        showListenFailure(activity.failure);
    m_listenError.clear();
}

void ServerWindow::showListenFailure(Activity::Failure failure)
{
    Notice notice{
        .key = listenKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Error, .text = m_listenError};
    const auto useFreePort = [this] {
        m_form->chooseFreePort();
        pressMain();
    };
    const Notice::Action freePort{tr("Choose a Free Port"), useFreePort, Qt::CTRL | Qt::Key_P};
    const Notice::Action loopback{tr("&Use 127.0.0.1"), [this] {
                                      m_form->listenOnLoopback();
                                      pressMain();
                                  }};
    if (failure == Activity::Failure::PortInUse || failure == Activity::Failure::PortForbidden)
        notice.actions.push_back(freePort);
    else if (failure == Activity::Failure::AddressMissing)
        notice.actions.push_back(loopback);
    notice.actions.push_back({tr("Retr&y"), [this] { pressMain(); }});
    status().show(std::move(notice));
}

void ServerWindow::showReach()
{
    const bool isInLab = !LinkClient::socketPath().isEmpty(); // nobody else reaches its network
    if (m_form->isLoopbackOnly() || isInLab) {
        status().remove(reachKey);
        return;
    }
    if (status().contains(reachKey))
        return;
    status().show({.key = reachKey,
                   .kind = Notice::Kind::Holding,
                   .level = Notice::Level::Warning,
                   .text = tr("Other computers can connect too, unless a firewall blocks them."),
                   .actions = {{tr("&Use 127.0.0.1"), [this] { m_form->listenOnLoopback(); }}}});
}

#include "moc_serverwindow.cpp"
