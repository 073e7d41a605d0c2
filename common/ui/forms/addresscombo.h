// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>
#include <QHostAddress>

#include <optional>

class CheckedEdit;

/// Where a server listens: this computer alone, all interfaces, or any address one types.
class AddressCombo : public QComboBox
{
    Q_OBJECT
public:
    explicit AddressCombo(QWidget *parent = nullptr);

    std::optional<QHostAddress> address() const; ///< nothing: error() says why
    void setAddress(const QHostAddress &address);
    QString error() const;

    /// "127.0.0.1", "any", or what was typed: independent of the language.
    QString storedText() const;
    void setStoredText(const QString &text);

signals:
    void checked();

private:
    CheckedEdit *m_edit;
};
