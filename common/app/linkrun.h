// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "link/linkhost.h"

#include <QProcess>

#include <functional>

/// Runs a command in the lab while this process carries the packets between both ends (--link). The command finds the
/// control socket in the environment variable TCPSTEPS_LINK. If there can be no link, TCPSTEPS_NO_LINK says why, and
/// the command runs without one. The link ends with the command. Main thread, with the dispatcher of network threads.
class LinkRun : public QObject
{
    Q_OBJECT
public:
    using Complain = std::function<void(const QString &sentence)>; ///< says it on standard error

    /// Returns the exit status of the command.
    static int run(const QList<LinkRule> &rules, const QStringList &command, Complain complain);

private:
    LinkRun(const QStringList &command, Complain complain);

    void start(QLatin1StringView variable, const QString &value);

    const Complain m_complain;
    LinkHost m_host;
    QProcess m_command;
};
