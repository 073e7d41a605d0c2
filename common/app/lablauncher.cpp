// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lablauncher.h"

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

QString LabLauncher::program(const QString &name)
{
    const QString folder = QCoreApplication::applicationDirPath();
    for (const QString &path : {u"%1/%2"_s.arg(folder, name), u"%1/../%2/%2"_s.arg(folder, name)}) {
        if (QFileInfo(path).isExecutable() && QFileInfo(path).isFile())
            return QFileInfo(path).canonicalFilePath();
    }
    return {};
}

QStringList LabLauncher::labArguments(const QStringList &command)
{
    QFile script(u":/scripts/lab"_s);
    if (!script.open(QIODevice::ReadOnly))
        return {};
    return QStringList{u"-c"_s, QString::fromUtf8(script.readAll()), u"lab"_s} + command;
}

void LabLauncher::start()
{
    if (m_check.state() == QProcess::NotRunning)
        m_check.start(u"sh"_s, labArguments({u"--check"_s}));
}

void LabLauncher::checked(int exitCode)
{
    if (exitCode != 0 || m_check.exitStatus() != QProcess::NormalExit) {
        const QString obstacle = QString::fromLocal8Bit(m_check.readAllStandardOutput()).trimmed();
        emit failed(tr("The lab needs a private network, which this system forbids: %1.").arg(obstacle));
        return;
    }
    const QString server = program(u"server_gui"_s);
    const QString client = program(u"client_gui"_s);
    if (server.isEmpty() || client.isEmpty()) {
        emit failed(tr("The lab cannot be opened: server_gui and client_gui are not beside each other."));
        return;
    }
    const QString pair = u"\"$1\" & \"$2\" & wait"_s;
    if (QProcess::startDetached(u"sh"_s, labArguments({u"sh"_s, u"-c"_s, pair, u"pair"_s, server, client})))
        emit opened();
    else
        emit failed(tr("The lab cannot be opened: no more processes can be started."));
}

#include "moc_lablauncher.cpp"
