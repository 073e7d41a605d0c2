// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

/// Reports SIGINT and SIGTERM as a Qt signal, once: a second signal ends the process at once. One object per process,
/// on the main thread.
class TerminationSignal : public QObject
{
    Q_OBJECT
public:
    explicit TerminationSignal(QObject *parent = nullptr);

signals:
    void received();

private:
    QSocketNotifier m_readable;
};
