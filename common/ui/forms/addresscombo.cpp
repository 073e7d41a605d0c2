// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "addresscombo.h"

#include "checkededit.h"
#include "packets/endpoint.h"

AddressCombo::AddressCombo(QWidget *parent)
    : QComboBox(parent)
    , m_edit(new CheckedEdit(this))
{
    setLineEdit(m_edit);
    setInsertPolicy(NoInsert);
    setCompleter(nullptr);
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    addItem(QStringLiteral("127.0.0.1"));
    addItem(QStringLiteral("::1"));
    addItem(tr("All interfaces"));
    setItemData(0, tr("This computer only, IPv4"), Qt::ToolTipRole);
    setItemData(1, tr("This computer only, IPv6"), Qt::ToolTipRole);
    setItemData(2, tr("Anyone who can reach this computer, IPv4 and IPv6"), Qt::ToolTipRole);
    m_edit->setCheck([this](const QString &text) {
        if (text == itemText(2) || Endpoint::parseListenAddress(text.trimmed()))
            return QString();
        return tr("Enter an address of this computer to listen on: 127.0.0.1, ::1, another IP address, or All "
                  "interfaces.");
    });
    connect(m_edit, &CheckedEdit::checked, this, &AddressCombo::checked);
}

std::optional<QHostAddress> AddressCombo::address() const
{
    return Endpoint::parseListenAddress(storedText());
}

void AddressCombo::setAddress(const QHostAddress &address)
{
    setStoredText(address == QHostAddress(QHostAddress::Any) ? QStringLiteral("any") : address.toString());
}

QString AddressCombo::error() const
{
    return m_edit->error();
}

QString AddressCombo::storedText() const
{
    const QString text = currentText().trimmed();
    return text == itemText(2) ? QStringLiteral("any") : text;
}

void AddressCombo::setStoredText(const QString &text)
{
    const bool isAny = text == QLatin1StringView("any") || text == QLatin1StringView("*");
    const int known = isAny ? 2 : findText(text);
    if (known >= 0)
        setCurrentIndex(known);
    else
        setEditText(text);
}

#include "moc_addresscombo.cpp"
