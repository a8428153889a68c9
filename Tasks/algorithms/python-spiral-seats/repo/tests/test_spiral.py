from spiral import numbered, spiral


def walk(rows, columns):
    """The same walk, by turning right wherever the way ahead is blocked."""
    visited = []
    row, column, down, across = 0, 0, 0, 1
    for _ in range(rows * columns):
        visited.append((row, column))
        ahead = (row + down, column + across)
        if not (0 <= ahead[0] < rows and 0 <= ahead[1] < columns) or ahead in visited:
            down, across = across, -down
        row, column = row + down, column + across
    return visited


def test_no_hall():
    assert spiral([]) == []


def test_rows_without_seats():
    assert spiral([[], []]) == []


def test_single_row():
    assert spiral(["abc"]) == ["a", "b", "c"]


def test_two_rows():
    assert spiral(["abc", "def"]) == ["a", "b", "c", "f", "e", "d"]


def test_square_hall():
    assert spiral(["abcd", "efgh", "ijkl", "mnop"]) == list("abcdhlponmiefgkj")


def test_single_column():
    assert spiral([["a"], ["b"], ["c"]]) == ["a", "b", "c"]
    assert spiral(["a", "b"]) == ["a", "b"]


def test_odd_halls():
    assert spiral(["abc", "def", "ghi"]) == list("abcfihgde")
    assert spiral(["abc", "def", "ghi", "jkl", "mno"]) == list("abcfilonmjgdehk")


def test_numbers():
    assert numbered(2, 2) == [[1, 2], [4, 3]]
    assert numbered(3, 3) == [[1, 2, 3], [8, 9, 4], [7, 6, 5]]
    assert numbered(4, 1) == [[1], [2], [3], [4]]


def test_hall_is_left_alone():
    hall = [[1, 2], [3, 4]]
    spiral(hall)
    assert hall == [[1, 2], [3, 4]]


def test_wide_halls_against_walking():
    for rows in (2, 4, 6):
        for columns in range(rows, 9):
            hall = [[(row, column) for column in range(columns)] for row in range(rows)]
            assert spiral(hall) == walk(rows, columns)


def test_every_size_against_walking():
    for rows in range(1, 8):
        for columns in range(1, 8):
            hall = [[(row, column) for column in range(columns)] for row in range(rows)]
            assert spiral(hall) == walk(rows, columns)
