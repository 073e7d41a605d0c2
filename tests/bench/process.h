// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>

/// Runs a program that listens on a port of 127.0.0.1, without a display and with separate settings. The destructor
/// kills it. Ends the bench with a message if the program does not listen.
class Listener
{
public:
    /// "%1" in an argument stands for the port.
    Listener(const QString &program, const QStringList &arguments);
    ~Listener();
    Q_DISABLE_COPY_MOVE(Listener)

    quint16 port() const { return m_port; }
    double memoryMiB() const; ///< resident memory
    double peakMemoryMiB() const;

private:
    QTemporaryDir m_home;
    QProcess m_process;
    quint16 m_port;
};

/// Runs an X server without a screen as long as this object lives.
class VirtualScreen
{
public:
    VirtualScreen();
    ~VirtualScreen();
    Q_DISABLE_COPY_MOVE(VirtualScreen)

    const QString &name() const { return m_name; } ///< ":1"; empty: Xvfb is not installed

private:
    QProcess m_server;
    QString m_name;
};

/// Measures the time from the start of a program until it paints its first window, which Qt then reports on standard
/// error. display names an X server, or is empty for none. Ends the bench with a message if no window appears.
double visibleMs(const QString &program, const QStringList &arguments, const QString &display);

/// A visible server window that listens, logs, and answers and closes at once.
QStringList serverWindow(const QStringList &more = {});
