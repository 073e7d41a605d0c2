// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "process.h"

#include "memory.h"

#include "traffic.h"

#include <QElapsedTimer>
#include <QFile>
#include <QThread>

using namespace Qt::StringLiterals;

namespace {

/// The environment without the user's settings and without a display.
QProcessEnvironment environmentIn(const QTemporaryDir &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    for (const auto &variable : {u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(variable, home.path());
    return environment;
}

} // namespace

Listener::Listener(const QString &program, const QStringList &arguments)
    : m_port(Traffic::freePort())
{
    m_process.setProcessEnvironment(environmentIn(m_home));
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
}

Listener::~Listener()
{
    m_process.kill();
    m_process.waitForFinished();
}

double Listener::memoryMiB() const
{
    return Memory::ofProcess(m_process.processId(), "VmRSS:");
}

double Listener::peakMemoryMiB() const
{
    return Memory::ofProcess(m_process.processId(), "VmHWM:");
}

VirtualScreen::VirtualScreen()
{
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.start(u"Xvfb"_s,
                   {u"-displayfd"_s, u"1"_s, u"-nolisten"_s, u"tcp"_s, u"-screen"_s, u"0"_s, u"1600x1000x24"_s});
    if (m_server.waitForReadyRead())
        m_name = u':' + QString::fromLatin1(m_server.readAll()).trimmed();
}

VirtualScreen::~VirtualScreen()
{
    m_server.kill();
    m_server.waitForFinished();
}

double visibleMs(const QString &program, const QStringList &arguments, const QString &display)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = environmentIn(home);
    environment.insert(u"QT_LOGGING_RULES"_s, u"qt.widgets.painting=true"_s);
    if (!display.isEmpty()) {
        environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        environment.insert(u"DISPLAY"_s, display);
    }
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setReadChannel(QProcess::StandardError);
    QElapsedTimer elapsed;
    elapsed.start();
    process.start(program, arguments);
    QByteArray told;
    while (!told.contains("Painting and flushing")) {
        if (!process.waitForReadyRead())
            qFatal("%s shows no window", qPrintable(program));
        told += process.readAllStandardError();
    }
    const double ms = double(elapsed.nsecsElapsed()) / 1e6;
    process.kill();
    process.waitForFinished();
    return ms;
}

QStringList serverWindow(const QStringList &more)
{
    return QStringList{u"-p"_s, u"%1"_s, u"--reply-delay"_s, u"0"_s, u"--close-delay"_s, u"0"_s, u"--start"_s} + more;
}
