// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/socketoptions.h"

#include <QAbstractSocket>
#include <QDialog>

class CheckedEdit;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

/// Asks for the options of the next connection's socket. Owned by the window that opens it.
class SocketDialog : public QDialog
{
    Q_OBJECT
public:
    SocketDialog(QAbstractSocket::NetworkLayerProtocol ipVersion, const SocketOptions &options, QWidget *parent);

    QAbstractSocket::NetworkLayerProtocol ipVersion() const;
    SocketOptions options() const; ///< when it was accepted

private:
    void createFields(const SocketOptions &options);
    void check();

    QComboBox *m_ipVersion;
    QCheckBox *m_noDelay;
    CheckedEdit *m_sendBuffer;
    CheckedEdit *m_receiveBuffer;
    CheckedEdit *m_keepAlive;
    QLabel *m_error; ///< of the first wrong field
    QPushButton *m_ok;
};
