// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "checkededit.h"

#include <QAction>
#include <QStyle>

#include <limits>

CheckedEdit::CheckedEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_sign(addAction(QIcon(), TrailingPosition))
{
    m_sign->setVisible(false);
    setMaxLength(std::numeric_limits<int>::max()); // a text that is too long is reported, never cut
    connect(this, &QLineEdit::textChanged, this, &CheckedEdit::check);
}

void CheckedEdit::setCheck(Check check)
{
    m_check = std::move(check);
    this->check();
}

void CheckedEdit::check()
{
    m_error = m_check ? m_check(text()) : QString();
    // The icon is loaded on demand, because searching the themes for it takes a while.
    if (!m_error.isEmpty() && m_sign->icon().isNull())
        m_sign->setIcon(style()->standardIcon(QStyle::SP_MessageBoxWarning));
    m_sign->setVisible(!m_error.isEmpty());
    m_sign->setToolTip(m_error);
    setAccessibleDescription(m_error);
    emit checked();
}

#include "moc_checkededit.cpp"
