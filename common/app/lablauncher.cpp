// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lablauncher.h"

#include "link/linknetwork.h"
#include "program.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

LabLauncher::LabLauncher(QObject *parent)
    : QObject(parent)
    , m_check(this)
{
    connect(&m_check, &QProcess::finished, this, &LabLauncher::checked);
    connect(&m_check, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            emit failed(tr("The lab cannot be opened: %1.").arg(m_check.errorString()));
    });
}

/// A check that still runs finishes when it goes, and would tell a window that goes, too.
LabLauncher::~LabLauncher()
{
    m_check.disconnect(this);
}

QString LabLauncher::program(const QString &name)
{
    const QString folder = QCoreApplication::applicationDirPath();
    for (const QString &path : {u"%1/%2"_s.arg(folder, name), u"%1/../%2/%2"_s.arg(folder, name)}) {
        if (QFileInfo(path).isExecutable() && QFileInfo(path).isFile())
            return QFileInfo(path).canonicalFilePath();
    }
    return {};
}

/// The program and its arguments that run scripts/lab. Installed, it is a program of its own, because AppArmor knows
/// programs by their paths.
QStringList LabLauncher::labCommand(const QStringList &arguments)
{
    const QFileInfo installed(QCoreApplication::applicationDirPath() + "/../share/tcp-steps/lab"_L1);
    if (installed.isExecutable())
        return QStringList{installed.canonicalFilePath()} + arguments;
    QFile script(u":/scripts/lab"_s);
    const QByteArray text = script.open(QIODevice::ReadOnly) ? script.readAll() : QByteArray();
    return QStringList{u"sh"_s, u"-c"_s, QString::fromUtf8(text), u"lab"_s} + arguments;
}

void LabLauncher::start()
{
    if (m_check.state() != QProcess::NotRunning)
        return;
    const QStringList command = labCommand({u"--check"_s});
    m_check.start(command.constFirst(), command.mid(1));
}

void LabLauncher::checked(int exitCode)
{
    if (exitCode != 0 || m_check.exitStatus() != QProcess::NormalExit) {
        const QString obstacle = QString::fromLocal8Bit(m_check.readAllStandardOutput()).trimmed();
        emit failed(tr("The lab needs a private network, which this system forbids: %1.").arg(obstacle));
        return;
    }
    const QString server = program(Program::name(Side::Server));
    const QString client = program(Program::name(Side::Client));
    if (server.isEmpty() || client.isEmpty()) {
        emit failed(tr("The lab cannot be opened: %1 and %2 are not beside each other.")
                        .arg(Program::name(Side::Server), Program::name(Side::Client)));
        return;
    }
    const QString pair = u"\"$1\" ${TCPSTEPS_LINK:+-a %1} & \"$2\" ${TCPSTEPS_LINK:+-H %1} & wait"_s.arg(
        LinkNetwork::address(Side::Server, 4));
    const QStringList command = labCommand({u"--link"_s, server, u"sh"_s, u"-c"_s, pair, u"pair"_s, server, client});
    if (QProcess::startDetached(command.constFirst(), command.mid(1)))
        emit opened();
    else
        emit failed(tr("The lab cannot be opened: no more processes can be started."));
}

#include "moc_lablauncher.cpp"
