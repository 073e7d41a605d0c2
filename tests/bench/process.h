// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>

/// A program that listens on a port of 127.0.0.1, without a screen and with settings of its own; killed at the end. It ends the
/// bench, with a sentence, where it does not listen.
class Listener
{
public:
    /// "%1" in an argument is the port.
    Listener(const QString &program, const QStringList &arguments);
    ~Listener();
    Q_DISABLE_COPY_MOVE(Listener)

    quint16 port() const { return m_port; }
    double memoryMiB() const; ///< resident
    double peakMemoryMiB() const;

private:
    QTemporaryDir m_home;
    QProcess m_process;
    quint16 m_port;
};

/// An X server without a screen, for as long as this lives.
class Display
{
public:
    Display();
    ~Display();
    Q_DISABLE_COPY_MOVE(Display)

    const QString &name() const { return m_name; } ///< ":1"; empty: there is no Xvfb here

private:
    QProcess m_server;
    QString m_name;
};

/// From the start of a program until it paints its first window, which Qt then tells on standard error. display: an X server's, or
/// empty for none. It ends the bench, with a sentence, where no window comes.
double visibleMs(const QString &program, const QStringList &arguments, const QString &display);

/// A server window that is shown, listens, logs, and answers and closes at once.
QStringList serverWindow(const QStringList &more = {});
