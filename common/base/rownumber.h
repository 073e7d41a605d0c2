// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <compare>

/// The number of a row, from 0, of one kind of rows: a number of another kind does not convert to it. A plain value;
/// any thread.
///
/// Tag is an incomplete type that names the kind: using FlowRow = RowNumber<struct FlowRowTag>.
template<typename Tag>
class RowNumber
{
public:
    constexpr RowNumber() = default; ///< no row
    constexpr explicit RowNumber(qsizetype value)
        : m_value(value)
    {
    }

    constexpr qsizetype value() const { return m_value; } ///< -1: no row
    constexpr bool isValid() const { return m_value >= 0; }

    constexpr auto operator<=>(const RowNumber &) const = default; // NOLINT(modernize-use-nullptr): a false alarm

    constexpr RowNumber &operator++()
    {
        ++m_value;
        return *this;
    }
    constexpr RowNumber operator+(qsizetype rows) const { return RowNumber(m_value + rows); }
    constexpr RowNumber operator-(qsizetype rows) const { return RowNumber(m_value - rows); }
    constexpr qsizetype operator-(RowNumber other) const { return m_value - other.m_value; }

private:
    qsizetype m_value = -1;
};
