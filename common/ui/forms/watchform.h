// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class CheckedEdit;
class QComboBox;
class QLabel;
class QPushButton;

/// Asks which port to watch, and where. Not modal. Owned by a window; deleted when it is closed.
class WatchForm : public QDialog
{
    Q_OBJECT
public:
    explicit WatchForm(QWidget *window);

signals:
    void watchRequested(const QString &interface, quint16 port);

private:
    void check();
    void request();

    CheckedEdit *m_port;
    QComboBox *m_where;
    QLabel *m_error;
    QPushButton *m_watch;
};
