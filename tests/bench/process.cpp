// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "process.h"

#include "traffic.h"

#include <QElapsedTimer>
#include <QFile>
#include <QThread>

using namespace Qt::StringLiterals;

Listener::Listener(const QString &program, const QStringList &arguments, const QString &display)
    : m_port(Traffic::freePort())
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, display.isEmpty() ? u"offscreen"_s : u"xcb"_s);
    environment.insert(u"DISPLAY"_s, display);
    for (const auto &variable : {u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(variable, m_home.path());
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    QStringList numbered;
    for (const QString &argument : arguments)
        numbered.append(QString(argument).replace("%1"_L1, QString::number(m_port)));
    QElapsedTimer elapsed;
    elapsed.start();
    m_process.start(program, numbered);
    if (!m_process.waitForStarted())
        qFatal("%s does not start", qPrintable(program));
    while (!Traffic::isListening(m_port)) {
        if (elapsed.hasExpired(20'000))
            qFatal("%s does not listen", qPrintable(program));
        QThread::usleep(200);
    }
    m_startMs = double(elapsed.nsecsElapsed()) / 1e6;
}

Listener::~Listener()
{
    m_process.kill();
    m_process.waitForFinished();
}

double Listener::memoryMiB() const
{
    return statusMiB("VmRSS:");
}

double Listener::peakMemoryMiB() const
{
    return statusMiB("VmHWM:");
}

double Listener::statusMiB(const QByteArray &field) const
{
    QFile status(u"/proc/%1/status"_s.arg(m_process.processId()));
    if (!status.open(QIODevice::ReadOnly))
        qFatal("a program has ended");
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field))
            return line.mid(field.size()).simplified().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

Display::Display()
{
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.start(u"Xvfb"_s,
                   {u"-displayfd"_s, u"1"_s, u"-nolisten"_s, u"tcp"_s, u"-screen"_s, u"0"_s, u"1600x1000x24"_s});
    if (m_server.waitForReadyRead())
        m_name = u':' + QString::fromLatin1(m_server.readAll()).trimmed();
}

Display::~Display()
{
    m_server.kill();
    m_server.waitForFinished();
}

QStringList serverWindow(const QStringList &more)
{
    return QStringList{u"-p"_s, u"%1"_s, u"--reply-delay"_s, u"0"_s, u"--close-delay"_s, u"0"_s, u"--start"_s} + more;
}
