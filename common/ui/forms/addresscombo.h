// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>
#include <QHostAddress>

#include <optional>

class CheckedEdit;

/// Selects where a server listens: on this computer alone, on all interfaces, or on any address that the user enters.
class AddressCombo : public QComboBox
{
    Q_OBJECT
public:
    explicit AddressCombo(QWidget *parent = nullptr);

    std::optional<QHostAddress> address() const; ///< empty: error() says why
    void setAddress(const QHostAddress &address);
    QString error() const;

    /// "127.0.0.1", "any", or the text that the user entered. Independent of the language.
    QString storedText() const;
    void setStoredText(const QString &text);

signals:
    void checked();

private:
    CheckedEdit *m_edit;
};
