// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkrun.h"

#include "base/terminationsignal.h"
#include "link/linkclient.h"

#include <QCoreApplication>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int notFoundStatus = 127; // as of a shell
constexpr int signalStatus = 128;

} // namespace

LinkRun::LinkRun(const QStringList &command, Complain complain)
    : m_complain(std::move(complain))
{
    m_command.setProgram(command.constFirst());
    m_command.setArguments(command.mid(1));
    m_command.setProcessChannelMode(QProcess::ForwardedChannels);
    m_command.setInputChannelMode(QProcess::ForwardedInputChannel);
    connect(&m_command, &QProcess::finished, this, [this](int status) {
        QCoreApplication::exit(m_command.exitStatus() == QProcess::NormalExit ? status : signalStatus + status);
    });
    connect(&m_command, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_complain(tr("%1 cannot be started: %2").arg(m_command.program(), m_command.errorString()));
        QCoreApplication::exit(notFoundStatus);
    });
    connect(&m_host, &LinkHost::ready, this, [this](const QString &path) { start(LinkClient::socketVariable, path); });
    connect(&m_host, &LinkHost::failed, this, [this](const QString &sentence) {
        if (m_command.state() != QProcess::NotRunning) {
            m_complain(sentence);
            return;
        }
        m_complain(tr("the lab has no emulated network, only loopback: %1").arg(sentence));
        start(LinkClient::whyNoneVariable, sentence);
    });
}

int LinkRun::run(const QList<LinkRule> &rules, const QStringList &command, Complain complain)
{
    LinkRun run(command, std::move(complain));
    const TerminationSignal termination;
    connect(&termination, &TerminationSignal::received, &run.m_command, &QProcess::terminate);
    // A terminal sends these signals to the command, too. The link ends after the command.
    const auto ignore = [](int) {};
    signal(SIGINT, ignore);
    signal(SIGHUP, ignore);
    run.m_host.start(rules);
    return QCoreApplication::exec();
}

void LinkRun::start(QLatin1StringView variable, const QString &value)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString(variable), value);
    m_command.setProcessEnvironment(environment);
    m_command.start();
}

#include "moc_linkrun.cpp"
